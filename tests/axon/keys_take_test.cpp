// Taking a key: one of several gets it, in the order of asking.
#include "axon/cat.hpp"
#include "axon/combine.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"
#include "tests/axon/refusal.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Cat;
using axon::CatError;
using axon::Inbox;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

using Job = std::unique_ptr<int>; // there is only one of each

Job job(int number) { return std::make_unique<int>(number); }

// Takes so many jobs, one after another, and notes who had which.
struct Worker final : axon::Component {
    struct Had {
        std::string who;
        int job;
        friend bool operator==(const Had&, const Had&) = default;
    };
    Worker(std::string its_name, int its_count, std::vector<Had>& list)
        : who{std::move(its_name)}, count{its_count}, had{list} {}
    Task<> main() override {
        for (int i = 0; i < count; ++i) {
            const auto taken = co_await cat().keys().take<Job>(*this, "job");
            had.push_back({who, *taken});
        }
    }
    std::string who;
    int count;
    std::vector<Had>& had;
};
using Had = std::vector<Worker::Had>;

TEST(Keys, ATakerWaitsUntilItIsThereAndHasItAlone) {
    Rig rig;
    auto& cat = rig.scheduler().cat();
    Had had;
    auto& worker = rig.add<Worker>("a", 2, had);
    rig.run();
    EXPECT_FALSE(rig.ended(worker));
    cat.keys().set("job", job(1));
    EXPECT_EQ(cat.keys().names(), Strings{}) << "it has been given to who waits";
    rig.run();
    cat.keys().set("job", job(2));
    rig.run();
    EXPECT_TRUE(rig.ended(worker));
    EXPECT_EQ(had, (Had{{"a", 1}, {"a", 2}}));
    cat.keys().set("job", job(3));
    EXPECT_EQ(cat.keys().names(), Strings{"job"});
}

TEST(Keys, ATakerOfWhatIsThereDoesNotWait) {
    Rig rig;
    auto& cat = rig.scheduler().cat();
    cat.keys().set("job", job(1));
    Had had;
    auto& worker = rig.add<Worker>("a", 1, had);
    rig.run();
    EXPECT_TRUE(rig.ended(worker));
    EXPECT_EQ(had, (Had{{"a", 1}}));
    EXPECT_EQ(cat.keys().names(), Strings{});
}

TEST(Keys, AreGivenToTakersInTheOrderOfAskingAndNoneIsLost) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        Had had;
        for (const char* name : {"a", "b", "c", "d"}) {
            rig.add<Worker>(name, 1, had);
            rig.run();
        }
        for (int number = 1; number <= 3; ++number) // at once: nobody has had a turn in between
            rig.scheduler().cat().keys().set("job", job(number));
        rig.run();
        std::ranges::sort(had, {}, &Worker::Had::job); // they went on in any order
        EXPECT_EQ(had, (Had{{"a", 1}, {"b", 2}, {"c", 3}}));
    });
}

TEST(Keys, SetFurtherOutServeTakersFurtherIn) {
    struct Inner final : axon::Composite {
        Inner(const char* name, Had& had) {
            (void)own_cat();
            child<Worker>(name, 1, had);
        }
        using axon::Composite::own_cat;
    };
    Rig rig;
    Had had;
    auto& first = rig.add<Inner>("first", had);
    rig.run();
    rig.add<Worker>("second", 1, had);
    rig.run();
    rig.add<Inner>("third", had);
    rig.run();
    rig.system().cat().keys().set("job", job(1));
    first.own_cat().keys().set("job", job(2)); // nobody in there waits any more
    rig.scheduler().cat().keys().set("job", job(3));
    rig.system().cat().keys().set("job", job(4));
    rig.run();
    std::ranges::sort(had, {}, &Worker::Had::job);
    EXPECT_EQ(had, (Had{{"first", 1}, {"second", 3}, {"third", 4}}));
    EXPECT_EQ(first.own_cat().keys().names(), Strings{"job"});
}

TEST(Keys, ATakerThatIsStoppedLeavesTheQueue) {
    Rig rig;
    Had had;
    auto& first = rig.add<Worker>("a", 1, had);
    rig.run();
    rig.add<Worker>("b", 1, had);
    rig.run();
    rig.stop(first);
    rig.scheduler().cat().keys().set("job", job(1));
    rig.run();
    EXPECT_EQ(had, (Had{{"b", 1}}));
}

TEST(Keys, WhatATakerHasBeenGivenAndNeverGotIsTheNextOnes) {
    Rig rig;
    auto& cat = rig.scheduler().cat();
    Had had;
    auto& first = rig.add<Worker>("a", 1, had);
    rig.run();
    auto& second = rig.add<Worker>("b", 1, had);
    rig.run();
    cat.keys().set("job", job(1));
    rig.stop(first);
    rig.stop(second); // it has been given the first one's
    EXPECT_EQ(cat.keys().names(), Strings{"job"}) << "nobody else waits";
    rig.add<Worker>("c", 1, had);
    rig.run();
    EXPECT_EQ(had, (Had{{"c", 1}}));
}

TEST(Keys, WhatWasSetMeanwhileStandsBeforeWhatComesBack) {
    Rig rig;
    auto& cat = rig.scheduler().cat();
    Had had;
    auto& worker = rig.add<Worker>("a", 1, had);
    rig.run();
    cat.keys().set("job", job(1));
    cat.keys().set("job", job(2));
    rig.stop(worker);
    rig.add<Worker>("b", 1, had);
    rig.run();
    EXPECT_EQ(had, (Had{{"b", 2}}));
}

TEST(Keys, AScopeMayGoWhileSomebodyWaits) {
    struct Waits final : axon::Component {
        explicit Waits(Cat& its_scope) : scope{its_scope} {}
        Task<> main() override { got = *co_await scope.keys().take<Job>(*this, "job"); }
        Cat& scope;
        int got = 0;
    };
    Rig rig;
    auto scope = std::make_optional<Cat>(rig.scheduler().cat());
    auto& given = rig.add<Waits>(*scope);
    auto& waits = rig.add<Waits>(*scope);
    rig.run();
    scope->keys().set("job", job(1));
    scope.reset();
    rig.run();
    EXPECT_EQ(given.got + waits.got, 1);
    EXPECT_TRUE(rig.ended(given) != rig.ended(waits));
    rig.scheduler().cat().keys().set("job", job(2)); // the other one still waits further out
    rig.run();
    EXPECT_EQ(given.got + waits.got, 3);
}

TEST(Keys, TypesAreOfWhatIsWaitedForToo) {
    Rig rig;
    Had had;
    rig.add<Worker>("a", 1, had);
    rig.run();
    EXPECT_EQ(refusal<CatError>([&] { rig.scheduler().cat().keys().set("job", 1); }),
              "key \"job\" is std::unique_ptr<int>, not int");
    struct TakesInt final : axon::Component {
        Task<> main() override { (void)co_await cat().keys().take<int>(*this, "job"); }
    };
    rig.add<TakesInt>();
    rig.run();
    EXPECT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log().front().text, "key \"job\" is std::unique_ptr<int>, not int");
}

TEST(Keys, ATakeMayHaveATimeLimitAndBeOneOfSeveral) {
    struct Tries final : axon::Component {
        Task<> main() override {
            in_time = (co_await axon::within(1s, cat().keys().take<Job>(*this, "job"))).has_value();
            which = co_await axon::first_of(inbox.receive(), cat().keys().take<Job>(*this, "job"));
            got = *co_await cat().keys().take<Job>(*this, "job");
        }
        Inbox<int> inbox{*this, "inbox"};
        bool in_time = true;
        std::size_t which = 0;
        int got = 0;
    };
    for (const bool early : {false, true}) {
        Rig rig;
        auto& tries = rig.add<Tries>();
        rig.advance(2s);
        EXPECT_FALSE(tries.in_time);
        if (early) rig.feed(tries.inbox, 1);
        rig.run();
        rig.scheduler().cat().keys().set("job", job(1));
        rig.run();
        EXPECT_EQ(tries.which, early ? 0U : 1U);
        EXPECT_EQ(tries.got, 1) << "finding out which took nothing away";
    }
}

} // namespace
