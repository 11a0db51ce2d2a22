// Walk: everyone below a component, while they end and come.
#include "axon/walk.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <functional>
#include <random>
#include <set>

namespace {

using namespace parts;
using axon::Component;
using axon::Handle;
using axon::Task;
using axon::Walk;
using axon::testing::Rig;

// A component that spawns and stops children at the test's word.
class Family final : public Component {
public:
    Family& raise(std::string label) {
        auto& grown = *spawn<Family>().get();
        grown.set_label(std::move(label));
        return grown;
    }
    void end(Family& member) { stop(member); }

private:
    Task<> main() override { co_await sleep_for(std::chrono::hours{1000}); }
};

Family& grow(Rig& rig, std::string label) {
    auto& family = rig.add<Family>();
    family.set_label(std::move(label));
    rig.run();
    return family;
}

// Lets those who have ended be freed, which takes a turn of somebody.
void free_ended(Rig& rig) {
    rig.system().spawn<Count>(0, 0);
    rig.run();
}

Strings rest(Walk& walk) {
    Strings names;
    while (auto* component = walk.next()) names.push_back(component->name());
    return names;
}

TEST(Walk, GoesFromParentsToChildrenInOrder) {
    Rig rig;
    auto& top = grow(rig, "top");
    auto& a = top.raise("a");
    a.raise("a1").raise("a11");
    a.raise("a2");
    top.raise("b").raise("b1");
    Walk walk{top};
    EXPECT_EQ(rest(walk), (Strings{"top", "a", "a1", "a11", "a2", "b", "b1"}));
    EXPECT_EQ(walk.next(), nullptr);
}

TEST(Walk, StaysBelowItsTop) {
    Rig rig;
    auto& top = grow(rig, "top");
    auto& a = top.raise("a");
    a.raise("a1");
    top.raise("b");
    Walk walk{a};
    EXPECT_EQ(rest(walk), (Strings{"a", "a1"}));
}

TEST(Walk, LeavesOutWhoEndsBeforeItComesByWithAllBelow) {
    Rig rig;
    auto& top = grow(rig, "top");
    auto& a = top.raise("a");
    a.raise("a1").raise("a11");
    top.raise("b");
    Walk walk{top};
    (void)walk.next();
    rig.run();
    top.end(a);
    free_ended(rig);
    EXPECT_EQ(rest(walk), (Strings{"b"}));
}

TEST(Walk, GoesOnBesideWhenItStoodDeepBelowWhoEnds) {
    Rig rig;
    auto& top = grow(rig, "top");
    auto& a = top.raise("a");
    a.raise("a1").raise("a11");
    top.raise("b");
    Walk walk{top};
    for (int i = 0; i < 3; ++i) (void)walk.next(); // a11 comes next
    rig.run();
    top.end(a);
    free_ended(rig);
    EXPECT_EQ(rest(walk), (Strings{"b"}));
}

TEST(Walk, IsOverWhenItsTopEnds) {
    for (const bool above : {false, true}) {
        Rig rig;
        auto& root = grow(rig, "root");
        auto& house = root.raise("house");
        auto& top = house.raise("top");
        top.raise("a");
        root.raise("other");
        house.raise("neighbour");
        Walk walk{top};
        (void)walk.next();
        rig.run();
        above ? root.end(house) : house.end(top);
        free_ended(rig);
        EXPECT_EQ(walk.next(), nullptr);
    }
}

TEST(Walk, FindsWhoIsSpawnedAheadOfIt) {
    Rig rig;
    auto& top = grow(rig, "top");
    top.raise("a");
    auto& b = top.raise("b");
    Walk walk{top};
    (void)walk.next();
    b.raise("b1");
    top.raise("c");
    EXPECT_EQ(rest(walk), (Strings{"a", "b", "b1", "c"}));
}

TEST(Walk, SeveralAtOnceDoNotDisturbEachOther) {
    Rig rig;
    auto& top = grow(rig, "top");
    auto& a = top.raise("a");
    top.raise("b");
    top.raise("c");
    Walk late{top};
    {
        Walk early{top};
        (void)early.next();
    }
    Walk ahead{top};
    for (int i = 0; i < 3; ++i) (void)ahead.next();
    (void)late.next();
    rig.run();
    top.end(a);
    free_ended(rig);
    EXPECT_EQ(rest(ahead), (Strings{"c"}));
    EXPECT_EQ(rest(late), (Strings{"b", "c"}));
}

TEST(Walk, SaysWhoIsFreedMeanwhile) {
    struct Listening final : Walk {
        using Walk::Walk;
        void left(const Component& component) noexcept override { freed.push_back(component.name()); }
        Strings freed;
    };
    Rig rig;
    auto& top = grow(rig, "top");
    auto& a = top.raise("a");
    a.raise("a1");
    Listening walk{top};
    rig.run();
    top.end(a);
    free_ended(rig);
    EXPECT_EQ(walk.freed, (Strings{"a1", "a", "Count#3"}));
}

// However members come and go between the steps: nobody is had twice, nobody who was there all the time
// is missed, and no one dead is touched (which the sanitizer sees).
TEST(Walk, HoldsWhateverHappensBetweenItsSteps) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        Rig rig;
        std::minstd_rand random{seed + 1};
        const auto upto = [&](std::size_t most) { return random() % most; };
        struct Member {
            Family* parent;
            Handle<Family> self;
        };
        auto& top = grow(rig, "top");
        std::vector<Member> members;
        int born = 0;
        const auto raise = [&] {
            auto* parent = members.empty() ? &top : members[upto(members.size())].self.get();
            if (!parent || upto(4) == 0) parent = &top;
            members.push_back({parent, Handle<Family>{parent->raise(std::to_string(born++))}});
        };
        for (int i = 0; i < 30; ++i) raise();
        rig.run();
        std::set<std::string> at_first;
        for (auto& member : members) at_first.insert(member.self.get()->name());

        Walk walk{top};
        std::set<std::string> had;
        while (auto* component = walk.next()) {
            EXPECT_TRUE(had.insert(component->name()).second) << component->name();
            if (upto(2) == 0) raise();
            const auto& unlucky = members[upto(members.size())];
            if (upto(3) == 0 && unlucky.self) unlucky.parent->end(*unlucky.self.get());
            free_ended(rig);
            std::erase_if(members, [](const Member& member) { return !member.self; });
            if (members.empty()) break;
        }
        for (const auto& member : members) {
            const auto name = member.self.get()->name();
            if (at_first.contains(name)) EXPECT_TRUE(had.contains(name)) << name << ", seed " << seed;
        }
    }
}

} // namespace
