// Values: what is read of all statistics, while they are counted, made and ended on other threads.
#include "axon/values.hpp"

#include "axon/cat.hpp"
#include "axon/value.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"
#include "tests/axon/refusal.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace {

using namespace parts;
using axon::Cat;
using axon::CatError;
using axon::Labels;
using axon::Reading;
using axon::Value;
using axon::ValueKind;

using Counter = Value<std::uint64_t>;

const axon::ValueInfo sent{.name = "sent_bytes_total", .help = "Bytes.", .labels = {{"server", "web"}}};

TEST(Values, ASnapshotHasEverythingInOrder) {
    Cat cat;
    Counter later{cat, {.name = "b_total", .help = "Later.", .labels = {{"z", "1"}, {"a", "2"}}}};
    Counter first{cat, {.name = "b_total", .help = "Later.", .labels = {{"a", "1"}, {"z", "9"}}}};
    Value<double> load{cat, {.name = "a", .help = "First.", .kind = ValueKind::gauge}};
    first += 7;
    load.set(1.5);
    const auto all = cat.values().snapshot();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "a");
    EXPECT_EQ(all[0].help, "First.");
    EXPECT_EQ(all[0].kind, ValueKind::gauge);
    ASSERT_EQ(all[0].samples.size(), 1U);
    EXPECT_EQ(all[0].samples[0].labels, Labels{});
    EXPECT_EQ(all[0].samples[0].reading, Reading{1.5});
    EXPECT_EQ(all[1].name, "b_total");
    EXPECT_EQ(all[1].kind, ValueKind::counter);
    ASSERT_EQ(all[1].samples.size(), 2U);
    EXPECT_EQ(all[1].samples[0].labels, (Labels{{"a", "1"}, {"z", "9"}}));
    EXPECT_EQ(all[1].samples[0].reading, Reading{std::uint64_t{7}});
    EXPECT_EQ(all[1].samples[1].labels, (Labels{{"a", "2"}, {"z", "1"}}));
    EXPECT_EQ(all[1].samples[1].reading, Reading{std::uint64_t{0}});
}

TEST(Values, SaysWhichIsNearWhenThereIsNone) {
    Cat cat;
    const auto read = [&](const char* name, Labels labels = {}) {
        return refusal<CatError>([&] { (void)cat.values().read(name, std::move(labels)); });
    };
    EXPECT_EQ(read("sent"), "no value \"sent\"");
    const Counter bytes{cat, sent};
    EXPECT_EQ(read("sent_byte_total"), "no value \"sent_byte_total\"; did you mean \"sent_bytes_total\"?");
    EXPECT_EQ(read("sent_bytes_total", {{"server", "wbe"}}),
              "no value sent_bytes_total{server=\"wbe\"}; did you mean sent_bytes_total{server=\"web\"}?");
    EXPECT_EQ(read("sent_bytes_total", {{"protocol", "a long way off"}}),
              "no value sent_bytes_total{protocol=\"a long way off\"}");
}

TEST(Values, AreThoseOfTheOutermostScope) {
    axon::testing::Rig rig;
    Cat inner{rig.scheduler().cat()};
    const Counter bytes{inner, sent};
    EXPECT_EQ(rig.system().cat().values().names(), Strings{"sent_bytes_total"});
    EXPECT_EQ(&inner.values(), &rig.system().cat().values());
}

std::uint64_t total(const axon::ValueFamily& family) {
    return std::get<std::uint64_t>(family.samples.at(0).reading);
}

// One thread reads everything again and again, while two others make, count with and end thousands of
// values: of one series that they share, of series that come and go, and texts.
TEST(Values, AreReadWhileTheyComeAndGoAndNoTotalEverFalls) {
    constexpr int rounds = 5000;
    constexpr std::uint64_t counts = 10;
    Cat cat;
    auto& values = cat.values();
    const Counter declared{cat, sent};
    std::atomic<int> working = 2;
    std::atomic<int> looks = 0;

    const auto work = [&](const std::string& who) {
        Cat worker{cat};
        Value<std::string> title{worker, {.name = "title", .help = "", .labels = {{"who", who}}}};
        Counter mine{worker, {.name = "mine_total", .help = "", .labels = {{"who", who}}}};
        const auto from = looks.load();
        while (looks < from + 2) std::this_thread::yield(); // a look has begun after that
        for (int i = 0; i < rounds; ++i) {
            Counter connection{declared.series()};
            Counter brief{worker,
                          {.name = "brief_total", .help = "", .labels = {{"number", std::to_string(i)}}}};
            for (std::uint64_t n = 0; n < counts; ++n) {
                ++connection;
                ++mine;
            }
            if (i % 100 == 0) title.set(std::to_string(i));
        }
        --working;
    };
    std::uint64_t seen = 0;
    std::size_t most_families = 0;
    std::thread reader{[&] {
        do {
            const auto all = values.snapshot();
            most_families = std::max(most_families, all.size());
            const auto family = std::ranges::find(all, "sent_bytes_total", &axon::ValueFamily::name);
            ASSERT_NE(family, all.end());
            ASSERT_GE(total(*family), seen);
            seen = total(*family);
            ++looks;
        } while (working > 0);
    }};
    std::thread one{work, "one"};
    std::thread two{work, "two"};
    one.join();
    two.join();
    reader.join();
    EXPECT_GT(most_families, 1U);
    EXPECT_EQ(values.read("sent_bytes_total", sent.labels), Reading{2 * rounds * counts});
    EXPECT_EQ(values.names(), Strings{"sent_bytes_total"});
}

// The same through a system: connections come and go on its own thread, which another one watches.
TEST(Values, AreReadWhileTheirComponentsComeAndGo) {
    struct Connection final : axon::Component {
        explicit Connection(axon::Series& series) : bytes{series} {}
        axon::Task<> main() override {
            for (int i = 0; i < 3; ++i) {
                bytes += 100;
                co_await yield();
            }
        }
        Counter bytes;
    };
    struct Server final : axon::Component {
        axon::Task<> main() override {
            const Counter bytes{cat(), sent};
            for (int i = 0; i < 2000; ++i) {
                spawn<Connection>(bytes.series());
                if (i % 20 == 0) co_await yield();
            }
            co_await children_ended();
            last = cat().values().read("sent_bytes_total", sent.labels);
        }
        explicit Server(Reading& where) : last{where} {}
        Reading& last;
    };
    axon::testing::KeptLog log; // of turns that this crowd of threads made long
    axon::System system{{.log = &log}};
    auto& values = system.cat().values();
    Reading last;
    std::atomic<bool> over = false;
    std::uint64_t seen = 0;
    std::thread reader{[&] {
        while (!over) {
            for (const auto& family : values.snapshot()) {
                ASSERT_GE(total(family), seen);
                seen = total(family);
            }
        }
    }};
    system.spawn<Server>(last);
    system.run();
    over = true;
    reader.join();
    EXPECT_EQ(last, Reading{std::uint64_t{600'000}});
    EXPECT_TRUE(values.names().empty());
}

} // namespace
