// Value: counting, and what the counts of several writers are together.
#include "axon/value.hpp"

#include "axon/cat.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"
#include "tests/axon/refusal.hpp"

#include <optional>
#include <type_traits>
#include <variant>

namespace {

using namespace parts;
using axon::Cat;
using axon::CatError;
using axon::Distribution;
using axon::Labels;
using axon::Reading;
using axon::Task;
using axon::Value;
using axon::ValueInfo;
using axon::ValueKind;
using axon::testing::Rig;
using ::testing::ElementsAre;

using Counter = Value<std::uint64_t>;
using Level = Value<std::int64_t>;

const Labels web{{"server", "web"}};

ValueInfo sent(Labels labels = web) {
    return {.name = "sent_bytes_total", .help = "Bytes sent to clients.", .labels = std::move(labels)};
}
ValueInfo open_connections() {
    return {.name = "connections", .help = "Open connections.", .kind = ValueKind::gauge};
}

TEST(Value, CountsFromNought) {
    Cat cat;
    Counter bytes{cat, sent()};
    EXPECT_EQ(cat.values().read("sent_bytes_total", web), Reading{std::uint64_t{0}});
    bytes += 20;
    ++bytes;
    EXPECT_EQ(bytes.get(), 21U);
    bytes.set(30);
    EXPECT_EQ(cat.values().read("sent_bytes_total", web), Reading{std::uint64_t{30}});
}

TEST(Value, IsSignedOrAFractionWhereItSaysSo) {
    Cat cat;
    Level level{cat, open_connections()};
    level += 2;
    --level;
    level -= 3;
    EXPECT_EQ(cat.values().read("connections"), Reading{std::int64_t{-2}});
    Value<double> load{cat, {.name = "load", .help = "", .kind = ValueKind::gauge}};
    load.set(0.5);
    load += 0.25;
    EXPECT_EQ(cat.values().read("load"), Reading{0.75});
}

TEST(Value, IsWithdrawnWithItsLastWriter) {
    Cat cat;
    std::optional<Counter> first{std::in_place, cat, sent()};
    std::optional<Counter> second{std::in_place, cat, sent()};
    const Counter other{cat, sent({{"server", "rtsp"}})};
    first.reset();
    EXPECT_EQ(cat.values().snapshot().at(0).samples.size(), 2U);
    second.reset();
    EXPECT_EQ(cat.values().snapshot().at(0).samples.size(), 1U);
    EXPECT_THROW((void)cat.values().read("sent_bytes_total", web), CatError);
}

TEST(Value, ACountersTotalKeepsWhatItsEndedWritersCounted) {
    Cat cat;
    const Counter declared{cat, sent()};
    Counter one{cat, sent()};
    one += 1;
    for (std::uint64_t i = 1; i <= 100; ++i) {
        Counter connection{cat, sent()};
        connection += 10;
        EXPECT_EQ(cat.values().read("sent_bytes_total", web), Reading{10 * i + 1});
    }
    EXPECT_EQ(cat.values().read("sent_bytes_total", web), Reading{std::uint64_t{1001}}) << "none has gone";
}

TEST(Value, AGaugeIsTheSumOfThoseWhoAreThere) {
    Cat cat;
    Level one{cat, open_connections()};
    one += 3;
    {
        Level two{cat, open_connections()};
        two += 4;
        EXPECT_EQ(cat.values().read("connections"), Reading{std::int64_t{7}});
    }
    EXPECT_EQ(cat.values().read("connections"), Reading{std::int64_t{3}});
}

TEST(Value, FurtherWritersOfASeriesNeedNoName) {
    Cat cat;
    Counter declared{cat, sent()};
    {
        Counter connection{declared.series()};
        connection += 5;
        Counter another{connection.series()};
        another += 7;
    }
    declared += 1;
    EXPECT_EQ(cat.values().read("sent_bytes_total", web), Reading{std::uint64_t{13}});
    EXPECT_EQ(refusal<CatError>([&] { Level{declared.series()}; }),
              "value \"sent_bytes_total\" is declared with the type uint64, not int64");
}

TEST(Value, WritersMayEndInAnyOrder) {
    Cat cat;
    std::optional<Counter> writers[3];
    for (auto& writer : writers) writer.emplace(cat, sent()) += 1;
    for (const int first : {1, 2}) {
        writers[first].reset();
        EXPECT_EQ(cat.values().read("sent_bytes_total", web), Reading{std::uint64_t{3}});
    }
    writers[0].reset();
    EXPECT_TRUE(cat.values().names().empty());
}

TEST(Value, OfOneNameIsOfOneKindHelpTextAndType) {
    Cat cat;
    const Counter bytes{cat, sent()};
    auto info = sent({{"server", "rtsp"}});
    info.kind = ValueKind::gauge;
    EXPECT_EQ(refusal<CatError>([&] { Counter(cat, info); }),
              "value \"sent_bytes_total\" is declared with the kind counter, not gauge");
    info = sent({{"server", "rtsp"}});
    info.help = "Bytes.";
    EXPECT_EQ(refusal<CatError>([&] { Counter(cat, info); }),
              "value \"sent_bytes_total\" is declared with the help text \"Bytes sent to clients.\", not "
              "\"Bytes.\"");
    EXPECT_EQ(refusal<CatError>([&] { Value<double>(cat, sent()); }),
              "value \"sent_bytes_total\" is declared with the type uint64, not double");
    EXPECT_EQ(cat.values().snapshot().at(0).samples.size(), 1U) << "what was refused is not there";
}

TEST(Value, LabelsAreTheSameInAnyOrder) {
    Cat cat;
    const Labels one{{"server", "web"}, {"reason", "slow"}};
    const Labels other{{"reason", "slow"}, {"server", "web"}};
    Counter a{cat, sent(one)};
    Counter b{cat, sent(other)};
    a += 1;
    b += 2;
    EXPECT_EQ(cat.values().read("sent_bytes_total", one), Reading{std::uint64_t{3}});
    EXPECT_EQ(cat.values().read("sent_bytes_total", other), Reading{std::uint64_t{3}});
}

TEST(Value, OfADistributionSaysHowManyWereAtMostEachBound) {
    Cat cat;
    const ValueInfo delay{.name = "delay_seconds", .help = "How long.", .labels = web};
    Value<Distribution> declared{cat, delay, {0.1, 1}};
    const auto read = [&] { return std::get<Distribution>(cat.values().read("delay_seconds", web)); };
    EXPECT_THAT(read().at_most, ElementsAre(0, 0, 0));
    EXPECT_THAT(read().bounds, ElementsAre(0.1, 1));
    EXPECT_EQ(cat.values().snapshot().at(0).kind, ValueKind::histogram);
    for (const auto seconds : {0.0, 0.1, 0.25, 1.0, 100.0}) declared.add(seconds);
    EXPECT_THAT(declared.get().at_most, ElementsAre(2, 4, 5));
    EXPECT_DOUBLE_EQ(read().sum, 101.35);
    {
        Value<Distribution> other{cat, delay, {0.1, 1}};
        other.add(0.5);
        EXPECT_THAT(other.get().at_most, ElementsAre(0, 1, 1));
        EXPECT_THAT(read().at_most, ElementsAre(2, 5, 6));
    }
    EXPECT_THAT(read().at_most, ElementsAre(2, 5, 6)) << "what has been stays";
    EXPECT_DOUBLE_EQ(read().sum, 101.85);
    EXPECT_EQ(refusal<CatError>([&] { Value<Distribution>(cat, delay, {0.1, 2}); }),
              "value \"delay_seconds\" is declared with other bounds");
    EXPECT_EQ(refusal<CatError>([&] { Value<double>(cat, {.name = "delay_seconds", .help = "How long."}); }),
              "value \"delay_seconds\" is declared with the kind histogram, not counter");
}

TEST(Value, OfTextHasOneWriter) {
    Cat cat;
    const ValueInfo title{.name = "title", .help = "What plays.", .labels = web};
    std::optional<Value<std::string>> text{std::in_place, cat, title};
    text->set("Ode");
    EXPECT_EQ(cat.values().read("title", web), Reading{"Ode"});
    EXPECT_EQ(text->get(), "Ode");
    EXPECT_EQ(refusal<CatError>([&] { Value<std::string>(cat, title); }),
              "value title{server=\"web\"} has its one writer already");
    EXPECT_EQ(cat.values().snapshot().at(0).kind, ValueKind::text);
    text.reset();
    text.emplace(cat, title);
    EXPECT_EQ(cat.values().read("title", web), Reading{""});
}

TEST(Value, OfAComponentEndsWithIt) {
    struct Counts final : axon::Sink<int> {
        Task<> main() override {
            Counter heard{cat(), {.name = "heard_total", .help = "Numbers heard."}};
            while (auto number = co_await inbox.receive()) heard += static_cast<std::uint64_t>(*number);
        }
    };
    Rig rig;
    auto& one = rig.add<Counts>();
    auto& two = rig.add<Counts>();
    rig.feed(one.inbox, 3);
    rig.feed(two.inbox, 4);
    rig.run();
    auto& values = rig.system().cat().values();
    EXPECT_EQ(values.read("heard_total"), Reading{std::uint64_t{7}});
    rig.stop(one);
    EXPECT_EQ(values.read("heard_total"), Reading{std::uint64_t{7}});
    rig.end(two.inbox);
    rig.run();
    EXPECT_TRUE(values.names().empty());
}

TEST(ValueDeathTest, ACounterThatFallsIsABrokenInvariant) {
    Cat cat;
    Counter bytes{cat, sent()};
    bytes += 5;
    Value<double> seconds{cat, {.name = "seconds_total", .help = ""}};
    const auto falls = [](auto&& f) {
#ifdef AXON_DEV
        EXPECT_DEATH(f(), "check failed");
#else
        EXPECT_THROW(f(), axon::CheckFailed);
#endif
    };
    falls([&] { bytes -= 1; });
    falls([&] { --bytes; });
    falls([&] { bytes.set(4); });
    falls([&] { seconds += -0.5; });
    EXPECT_EQ(bytes.get(), 5U);
}

TEST(Value, CountsWithoutAnythingThatOtherThreadsCouldHold) {
    static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
    static_assert(std::atomic<double>::is_always_lock_free);
    static_assert(sizeof(Counter) == 4 * sizeof(void*));
    static_assert(!std::is_move_constructible_v<Counter> && !std::is_default_constructible_v<Counter>);
}

} // namespace
