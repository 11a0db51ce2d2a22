// Watching a key: each new one comes into an inbox.
#include "axon/cat.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <optional>

namespace {

using namespace parts;
using axon::Cat;
using axon::Inbox;
using axon::Task;
using axon::testing::Rig;

// Watches a key as long as it runs.
struct Watches final : axon::Component {
    Task<> main() override {
        const auto watch = cat().keys().watch("title", titles);
        while (auto title = co_await titles.receive()) heard.push_back(*title);
    }
    Inbox<std::string> titles{*this, "titles"};
    Strings heard;
};

TEST(Keys, TellWhoeverWatchesOfEachNewOne) {
    Rig rig;
    auto& keys = rig.scheduler().cat().keys();
    keys.set("title", std::string{"before"});
    auto& one = rig.add<Watches>();
    auto& two = rig.add<Watches>();
    rig.run();
    keys.set("title", std::string{"Ode"});
    rig.run();
    EXPECT_EQ(one.heard, Strings{"Ode"});
    EXPECT_EQ(two.heard, one.heard);
    rig.stop(one);
    keys.set("title", std::string{"Elegy"});
    rig.run();
    EXPECT_EQ(one.heard, Strings{"Ode"});
    EXPECT_EQ(two.heard, (Strings{"Ode", "Elegy"})) << "one's end is nothing to the other";
    EXPECT_EQ(keys.get<std::string>("title"), "Elegy");
}

TEST(Keys, AWatchSeesWhatATakerGets) {
    struct Takes final : axon::Component {
        Task<> main() override { got = co_await cat().keys().take<std::string>(*this, "title"); }
        std::string got;
    };
    Rig rig;
    auto& takes = rig.add<Takes>();
    auto& watches = rig.add<Watches>();
    rig.run();
    rig.scheduler().cat().keys().set("title", std::string{"Ode"});
    rig.run();
    EXPECT_EQ(takes.got, "Ode");
    EXPECT_EQ(watches.heard, Strings{"Ode"});
}

TEST(Keys, AWatchIsNotToldOfWhatANearerScopeHides) {
    struct Inner final : axon::Composite {
        Inner() { (void)own_cat(); }
        Watches& watches = child<Watches>();
        using axon::Composite::own_cat;
    };
    Rig rig;
    auto& inner = rig.add<Inner>();
    rig.run();
    const auto say = [&](Cat& scope, const char* title) {
        scope.keys().set("title", std::string{title});
        rig.run();
    };
    say(rig.system().cat(), "1");
    say(rig.scheduler().cat(), "2");
    say(rig.system().cat(), "hidden");
    say(inner.own_cat(), "3");
    say(rig.scheduler().cat(), "hidden");
    say(inner.own_cat(), "4");
    EXPECT_EQ(inner.watches.heard, (Strings{"1", "2", "3", "4"}));
}

TEST(Keys, AWatchEndsWithItselfOrItsInboxOrItsScope) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>();
    auto& other = rig.add<Idle<int>>();
    auto scope = std::make_optional<Cat>();
    std::optional<axon::KeyWatch<int>> watch;
    watch.emplace(scope->keys(), "n", idle.inbox);
    const axon::KeyWatch<int> longer{scope->keys(), "n", other.inbox};
    scope->keys().set("n", 1);
    watch.reset();
    scope->keys().set("n", 2);
    rig.stop(other);
    scope->keys().set("n", 3);
    EXPECT_EQ(idle.inbox.size(), 1U);
    EXPECT_EQ(other.inbox.received(), 2U);
    scope.reset();
}

TEST(Keys, AnInboxForTheLatestKeepsTheLatest) {
    Rig rig;
    Cat cat;
    auto& idle =
        rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1, .overflow = axon::Overflow::drop_oldest});
    const auto watch = cat.keys().watch("n", idle.inbox);
    for (int n = 0; n < 5; ++n) cat.keys().set("n", n);
    EXPECT_EQ(idle.inbox.try_receive(), 4);
}

} // namespace
