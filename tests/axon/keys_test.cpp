// Keys: things under a name, of one type, in scopes.
#include "axon/cat.hpp"
#include "axon/offload.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"
#include "tests/axon/refusal.hpp"

namespace {

using namespace parts;
using axon::Cat;
using axon::CatError;
using axon::Task;
using axon::testing::Rig;

TEST(Keys, HoldWhatWasSetLast) {
    Cat cat;
    EXPECT_EQ(cat.keys().get<int>("answer"), std::nullopt);
    cat.keys().set("answer", 41);
    cat.keys().set("answer", 42);
    cat.keys().set("title", std::string{"Ode"});
    EXPECT_EQ(cat.keys().get<int>("answer"), 42);
    EXPECT_EQ(cat.keys().get<int>("answer"), 42) << "looking takes nothing away";
    EXPECT_EQ(cat.keys().get<std::string>("title"), "Ode");
    EXPECT_EQ(cat.keys().names(), (Strings{"answer", "title"}));
}

TEST(Keys, AreLookedForOutward) {
    Cat outer;
    Cat inner{outer};
    outer.keys().set("a", 1);
    EXPECT_EQ(inner.keys().get<int>("a"), 1);
    inner.keys().set("a", 2);
    EXPECT_EQ(inner.keys().get<int>("a"), 2);
    EXPECT_EQ(outer.keys().get<int>("a"), 1);
    EXPECT_EQ(outer.keys().names(), Strings{"a"});
}

TEST(Keys, AreOfOneType) {
    Cat outer;
    Cat inner{outer};
    outer.keys().set("answer", 42);
    const std::string said = "key \"answer\" is int, not double";
    EXPECT_EQ(refusal<CatError>([&] { outer.keys().set("answer", 0.5); }), said);
    EXPECT_EQ(refusal<CatError>([&] { (void)inner.keys().get<double>("answer"); }), said);
    EXPECT_EQ(outer.keys().get<int>("answer"), 42);
    inner.keys().set("answer", 0.5); // another key, in another scope
    EXPECT_EQ(inner.keys().get<double>("answer"), 0.5);
}

TEST(Keys, OutliveWhoSetThem) {
    struct Sets final : axon::Component {
        Task<> main() override {
            cat().keys().set("n", 7);
            co_return;
        }
    };
    Rig rig;
    auto& sets = rig.add<Sets>();
    rig.run();
    EXPECT_TRUE(rig.ended(sets));
    EXPECT_EQ(rig.scheduler().cat().keys().get<int>("n"), 7);
}

// Uses its keys from a thread that is not its scheduler's.
struct Trespasses final : axon::Component {
    Task<> main() override {
        auto& keys = cat().keys();
        keys.set("n", 1);
        co_await axon::offload(*this, [&keys] { keys.set("n", 2); });
    }
};

TEST(KeysDeathTest, UseFromAnotherThreadIsABrokenInvariant) {
#ifdef AXON_DEV
    EXPECT_DEATH(
        {
            axon::System system;
            system.spawn<Trespasses>();
            system.run();
        },
        "check failed: used_from_its_own_scheduler");
#else
    axon::testing::KeptLog log;
    axon::System system{{.log = &log}};
    system.spawn<Trespasses>();
    system.run();
    ASSERT_EQ(log.lines.size(), 1U);
    EXPECT_NE(log.lines[0].text.find("used_from_its_own_scheduler"), std::string::npos);
    EXPECT_EQ(system.scheduler().cat().keys().get<int>("n"), 1);
#endif
}

} // namespace
