// Taking a snapshot: what it says of each component and box, and that it keeps nobody waiting.
#include "axon/take_snapshot.hpp"

#include "axon/bytes.hpp"
#include "axon/cat.hpp"
#include "axon/combine.hpp"
#include "axon/graphline.hpp"
#include "axon/pipeline.hpp"
#include "axon/sleep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <random>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Bytes;
using axon::Component;
using axon::Snapshot;
using axon::SnapshotTaker;
using axon::Task;
using axon::testing::Rig;
using State = Component::State;
using What = axon::Awaited::What;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

Snapshot all_of(Rig& rig) {
    SnapshotTaker taker{rig.scheduler().root()};
    while (taker.slice(1)) {
    }
    return taker.finish();
}

Strings paths(const Snapshot& snapshot) {
    Strings all;
    for (const auto id : snapshot.order) all.push_back(snapshot.path(id));
    return all;
}

Snapshot::Id id_at(const Snapshot& snapshot, std::string_view path) {
    for (const auto id : snapshot.order) {
        if (snapshot.path(id) == path) return id;
    }
    throw std::out_of_range{std::string{path}};
}

const Snapshot::Component& at(const Snapshot& snapshot, std::string_view path) {
    return snapshot.components.at(id_at(snapshot, path));
}

Strings linkages(const Snapshot& snapshot) {
    Strings all;
    for (const auto& [from, to] : snapshot.linkages)
        all.push_back(snapshot.path(from) + " -> " + snapshot.path(to));
    return all;
}

Strings box_names(const Snapshot::Component& component) {
    Strings names;
    for (const auto& box : component.boxes) names.push_back(box.name);
    return names;
}

template <class C>
C& named(Rig& rig, std::string label) {
    auto& component = rig.add<C>();
    component.set_label(std::move(label));
    rig.leave_unlinked(component.outbox);
    return component;
}

TEST(TakeSnapshot, ListsComponentsParentsFirstWithNameClassAndSerial) {
    struct Nursery final : axon::Component {
        Task<> main() override {
            spawn<Echo>();
            (*spawn<Echo>().get()).set_label("pet");
            co_await children_ended();
        }
    };
    Rig rig;
    rig.system().spawn<Nursery>();
    rig.run();
    const auto snapshot = all_of(rig);
    EXPECT_THAT(paths(snapshot), ElementsAre("/Nursery#1", "/Nursery#1/EchoOf#2", "/Nursery#1/pet"));
    EXPECT_EQ(at(snapshot, "/Nursery#1/pet").class_name, "EchoOf");
    EXPECT_EQ(at(snapshot, "/Nursery#1/pet").serial, 3U);
    EXPECT_EQ(at(snapshot, "/Nursery#1/EchoOf#2").serial, 2U);
    EXPECT_TRUE(snapshot.whole);
}

TEST(TakeSnapshot, CountsWhatIsInABoxAndWhatWentThrough) {
    Rig rig;
    auto& idle = named<Idle<Bytes>>(rig, "idle");
    idle.inbox.set_options({.capacity = 3, .bytes = 1000, .overflow = axon::Overflow::drop_oldest});
    for (const auto* text : {"one", "two", "three", "four"}) rig.feed(idle.inbox, Bytes{text});
    auto& count = rig.add<Count>(0, 5);
    auto& take = rig.add<Take>(4);
    rig.leave_unlinked(take.outbox);
    link(count.outbox, take.inbox);
    rig.run();
    const auto snapshot = all_of(rig);

    const auto& boxes = at(snapshot, "/idle").boxes;
    ASSERT_THAT(box_names(at(snapshot, "/idle")), ElementsAre("inbox", "outbox"));
    EXPECT_TRUE(boxes[0].inbox);
    EXPECT_FALSE(boxes[1].inbox);
    EXPECT_EQ(boxes[0].type, axon::message_type<Bytes>.name);
    EXPECT_EQ(boxes[0].overflow, axon::Overflow::drop_oldest);
    EXPECT_EQ(boxes[0].depth, 3U);
    EXPECT_EQ(boxes[0].capacity, 3U);
    EXPECT_EQ(boxes[0].bytes, 12U);
    EXPECT_EQ(boxes[0].byte_capacity, 1000U);
    EXPECT_EQ(boxes[0].dropped, 1U);
    EXPECT_EQ(at(snapshot, "/Take").boxes[0].received, 5U);
    EXPECT_EQ(at(snapshot, "/Take").boxes[0].taken, 4U);
    EXPECT_EQ(at(snapshot, "/Take").boxes[1].sent, 4U);
    EXPECT_EQ(at(snapshot, "/Take").boxes[1].discarded, 4U);
    EXPECT_EQ(at(snapshot, "/Count").boxes[0].sent, 5U);
}

TEST(TakeSnapshot, ListsLinkagesOfEveryKind) {
    Rig rig;
    std::vector<axon::Graphline::Node> nodes;
    nodes.push_back({"first", std::make_unique<Echo>()});
    nodes.push_back({"last", std::make_unique<Echo>()});
    rig.add<axon::Graphline>(std::move(nodes), std::vector<axon::Graphline::Linkage>{
                                                   {"self", "inbox", "first", "inbox"},
                                                   {"first", "outbox", "last", "inbox"},
                                                   {"first", "signal", "last", "control"},
                                                   {"last", "outbox", "self", "outbox"},
                                                   {"last", "signal", "self", "signal"},
                                                   {"self", "control", "first", "control"},
                                               });
    SnapshotTaker taker{rig.scheduler().root()}; // before the Rig attaches what collects
    EXPECT_FALSE(taker.slice(100));
    EXPECT_THAT(linkages(taker.finish()),
                UnorderedElementsAre("/Graphline.inbox -> /Graphline/first.inbox",
                                     "/Graphline/first.outbox -> /Graphline/last.inbox",
                                     "/Graphline/first.signal -> /Graphline/last.control",
                                     "/Graphline/last.outbox -> /Graphline.outbox",
                                     "/Graphline/last.signal -> /Graphline.signal",
                                     "/Graphline.control -> /Graphline/first.control"));
}

TEST(TakeSnapshot, TellsEveryState) {
    struct Parent final : axon::Component {
        Task<> main() override {
            spawn<Lingers>();
            co_await sleep_for(1s);
        }
        struct Lingers final : axon::Component {
            Task<> main() override { co_await sleep_for(1h); }
            Task<> close() override { co_await sleep_for(1s); }
        };
    };
    Rig rig;
    rig.add<Parent>();
    named<Echo>(rig, "waits");
    rig.add<Count>(0, 0);
    rig.advance(1s);
    named<Echo>(rig, "ready");
    const auto snapshot = all_of(rig);
    const auto state = [&](std::string_view path) { return snapshot.state(id_at(snapshot, path)); };
    EXPECT_EQ(state("/Parent"), State::ending);
    EXPECT_EQ(state("/Parent/Lingers#1"), State::waiting);
    EXPECT_EQ(state("/waits"), State::waiting);
    EXPECT_EQ(state("/ready"), State::ready);
    EXPECT_EQ(state("/Count"), State::ended);
}

TEST(TakeSnapshot, TellsWhoseFullInboxASenderWaitsForAlsoThroughAComposite) {
    struct Shell final : axon::Sink<int> {
        Idle<int>& slow = child<Idle<int>>(axon::InboxOptions{.capacity = 2});
        Shell() { link(inbox, slow.inbox); }
        Task<> main() override { co_await children_ended(); }
    };
    Rig rig;
    auto& from = rig.add<CountForEver>();
    auto& shell = rig.add<Shell>();
    rig.leave_unlinked(shell.slow.outbox);
    link(from.outbox, shell.inbox);
    rig.run();
    const auto snapshot = all_of(rig);
    const auto& awaits = at(snapshot, "/CountForEver").awaits;
    ASSERT_EQ(awaits.size(), 1U);
    ASSERT_EQ(awaits[0].reasons.size(), 1U);
    const auto& reason = awaits[0].reasons[0];
    EXPECT_EQ(reason.what, What::room);
    EXPECT_EQ(snapshot.path(*reason.box), "/CountForEver.outbox");
    EXPECT_EQ(snapshot.path(*reason.full), "/Shell/Idle.inbox");
    EXPECT_EQ(awaits[0].at.file, "tests/axon/parts.hpp");
    EXPECT_GT(awaits[0].at.line, 0U);
    ASSERT_NE(snapshot.find(*reason.full), nullptr);
    EXPECT_EQ(snapshot.find(*reason.full)->depth, 2U);
}

TEST(TakeSnapshot, TellsHowLongASleeperStillSleeps) {
    struct Sleeps final : axon::Component {
        Task<> main() override { co_await sleep_for(10s); }
    };
    Rig rig;
    rig.add<Sleeps>();
    rig.advance(4s);
    const auto snapshot = all_of(rig);
    EXPECT_EQ(at(snapshot, "/Sleeps").awaits.at(0).reasons.at(0).left, 6s);
}

TEST(TakeSnapshot, TellsOfNoTimeThatNeverComes) {
    struct WithoutALimit final : Component {
        axon::Inbox<int> inbox{*this, "inbox"};
        Task<> main() override {
            (void)co_await axon::first_of(inbox.receive(), sleep_until(axon::Time::max()));
            co_await sleep_until(axon::Time::max());
        }
    };
    Rig rig;
    auto& waits = rig.add<WithoutALimit>();
    rig.run();
    auto snapshot = all_of(rig);
    const auto& reasons = at(snapshot, "/WithoutALimit").awaits.at(0).reasons;
    ASSERT_EQ(reasons.size(), 1U);
    EXPECT_EQ(reasons[0].what, What::input);
    rig.feed(waits.inbox, 1);
    rig.run();
    snapshot = all_of(rig);
    EXPECT_EQ(at(snapshot, "/WithoutALimit").awaits.at(0).reasons.size(), 1U) << "it waits all the same";
}

TEST(TakeSnapshot, NamesTheServices) {
    struct Serves final : axon::Sink<int> {
        Task<> main() override {
            cat().offer("numbers", inbox);
            co_await sleep_for(1h);
        }
    };
    Rig rig;
    rig.add<Serves>();
    rig.run();
    const auto snapshot = all_of(rig);
    ASSERT_EQ(snapshot.services.size(), 1U);
    EXPECT_EQ(snapshot.services[0].name, "numbers");
    EXPECT_EQ(snapshot.path(snapshot.services[0].inbox), "/Serves.inbox");
}

TEST(TakeSnapshot, NamesTheServicesOfEveryScope) {
    struct Serves final : axon::Composite {
        Idle<int>& inner = child<Idle<int>>();
        Idle<int>& outer = child<Idle<int>>();
        Serves() { outer.set_label("outside"); }
        Task<> main() override {
            own_cat().offer("inner", inner.inbox);
            system().cat().offer("outer", outer.inbox);
            co_await sleep_for(1h);
        }
    };
    Rig rig;
    rig.add<Serves>();
    rig.run();
    const auto snapshot = all_of(rig);
    ASSERT_EQ(snapshot.services.size(), 2U);
    EXPECT_EQ(snapshot.services[0].name, "inner");
    EXPECT_EQ(snapshot.path(snapshot.services[0].inbox), "/Serves/Idle.inbox");
    EXPECT_EQ(snapshot.services[1].name, "outer");
    EXPECT_EQ(snapshot.path(snapshot.services[1].inbox), "/Serves/outside.inbox");
}

TEST(TakeSnapshot, OfAPartNamesWhatItIsLinkedToWithoutLookingAtIt) {
    Rig rig;
    auto& inside = named<Echo>(rig, "inside");
    auto& outside = named<Echo>(rig, "outside");
    link(inside.outbox, outside.inbox);
    SnapshotTaker taker{inside};
    while (taker.slice(1)) {
    }
    const auto snapshot = taker.finish();
    EXPECT_THAT(paths(snapshot), ElementsAre("/inside"));
    EXPECT_THAT(linkages(snapshot), ElementsAre("/inside.outbox -> /outside.inbox"));
    EXPECT_FALSE(snapshot.components.at(snapshot.linkages[0].to.component).seen);
}

TEST(TakeSnapshot, ForgetsInSlices) {
    Rig rig;
    for (int i = 0; i < 5; ++i) rig.leave_unlinked(rig.add<Echo>().outbox);
    SnapshotTaker taker{rig.scheduler().root()};
    while (taker.slice(2)) {
    }
    int slices = 1;
    while (taker.forget(2)) ++slices;
    EXPECT_EQ(slices, 3);
    EXPECT_EQ(taker.finish().order.size(), 5U);
}

TEST(TakeSnapshot, StopsAtItsLimitAndSaysSo) {
    Rig rig;
    for (int i = 0; i < 5; ++i) rig.leave_unlinked(rig.add<Echo>().outbox);
    SnapshotTaker taker{rig.scheduler().root(), 3};
    while (taker.slice(2)) {
    }
    const auto snapshot = taker.finish();
    EXPECT_EQ(snapshot.order.size(), 3U);
    EXPECT_FALSE(snapshot.whole);

    SnapshotTaker exact{rig.scheduler().root(), 5};
    while (exact.slice(2)) {
    }
    EXPECT_TRUE(exact.finish().whole);
}

TEST(TakeSnapshot, ManyBoxesCountAsComponents) {
    struct Wide final : axon::Component {
        explicit Wide(int boxes) {
            for (int i = 0; i < boxes; ++i)
                outboxes.push_back(std::make_unique<axon::Outbox<int>>(*this, "outbox"));
        }
        Task<> main() override { co_await sleep_for(1h); }
        std::vector<std::unique_ptr<axon::Outbox<int>>> outboxes;
    };
    const auto slices = [](int boxes) {
        Rig rig;
        for (int i = 0; i < 10; ++i) {
            for (auto& outbox : rig.add<Wide>(boxes).outboxes) rig.leave_unlinked(*outbox);
        }
        SnapshotTaker taker{rig.scheduler().root()};
        int count = 1;
        while (taker.slice(5)) ++count;
        return count;
    };
    EXPECT_EQ(slices(3), 3);
    EXPECT_EQ(slices(200), 11) << "one component a slice";
}

// Takes a snapshot of everything, and notes what there is of it by then at each of its turns.
class Photographer final : public axon::Component {
public:
    explicit Photographer(std::size_t a_turn) : a_turn_{a_turn} {}
    std::vector<std::size_t> seen_by_turn;
    std::optional<Snapshot> picture;

private:
    Task<> main() override {
        SnapshotTaker taker{scheduler().root()};
        while (taker.slice(a_turn_)) {
            seen_by_turn.push_back(taker.seen());
            co_await yield();
        }
        picture = taker.finish();
    }
    std::size_t a_turn_;
};

// Counts its turns.
class Busy final : public axon::Component {
public:
    int turns = 0;

private:
    Task<> main() override {
        while (true) {
            ++turns;
            co_await yield();
        }
    }
};

struct Crowd final : axon::Component {
    explicit Crowd(int count) : count_{count} {}
    Task<> main() override {
        for (int i = 0; i < count_; ++i) spawn<Echo>();
        co_await children_ended();
    }
    int count_;
};

TEST(TakeSnapshot, LooksAtAHundredOfTwentyThousandATurnAndLeavesTheOthersTheirs) {
    Rig rig;
    rig.add<Crowd>(20'000);
    auto& busy = rig.add<Busy>();
    while (!rig.scheduler().root().first_child()->first_child()) rig.step();
    rig.step();
    auto& photographer = rig.add<Photographer>(100U);
    const auto turns_before = busy.turns;
    while (!rig.ended(photographer)) rig.step();
    EXPECT_EQ(photographer.picture->order.size(), 20'003U);
    std::size_t before = 0;
    for (const auto seen : photographer.seen_by_turn) {
        EXPECT_LE(seen - before, 100U);
        before = seen;
    }
    EXPECT_GE(photographer.seen_by_turn.size(), 200U);
    EXPECT_GE(busy.turns - turns_before, static_cast<int>(photographer.seen_by_turn.size()));
}

TEST(TakeSnapshot, AwaitedByAComponentDoesTheSame) {
    struct Awaits final : axon::Component {
        Task<> main() override { picture = co_await axon::take_snapshot(*this, {.a_turn = 2}); }
        std::optional<Snapshot> picture;
    };
    Rig rig;
    rig.add<Crowd>(7);
    auto& awaits = rig.add<Awaits>();
    int steps = 0;
    for (; !rig.ended(awaits); ++steps) rig.step();
    EXPECT_GE(steps, 4);
    EXPECT_EQ(awaits.picture->order.size(), 9U);
}

// Raises and ends echoes all the time, in pipelines, and links them anew.
class Restless final : public axon::Component {
public:
    explicit Restless(std::uint64_t seed) : random_{static_cast<unsigned>(seed) + 1} {}

private:
    Task<> main() override {
        for (int i = 0; i < 40; ++i) raise();
        while (true) {
            co_await yield();
            raise();
            if (!crowd_.empty()) {
                auto& unlucky = crowd_[random_() % crowd_.size()];
                stop(unlucky);
                std::swap(unlucky, crowd_.back());
                crowd_.pop_back();
            }
            auto* from = crowd_[random_() % crowd_.size()].get();
            auto* to = crowd_[random_() % crowd_.size()].get();
            if (!from || !to) continue;
            axon::unlink(*from->find_box("outbox"));
            if (from != to) axon::link(*from, "outbox", *to, "inbox");
        }
    }
    void raise() {
        crowd_.push_back(
            spawn<axon::Pipeline>(axon::pipeline(std::make_unique<Echo>(), std::make_unique<Echo>())));
    }
    std::minstd_rand random_;
    std::vector<axon::Handle<axon::Pipeline>> crowd_;
};

TEST(TakeSnapshot, HoldsWhileComponentsEndComeAndAreLinkedAnew) {
    in_every_order(3, [](const axon::testing::RigOptions& options) {
        Rig rig{options};
        rig.add<Restless>(*options.shuffle);
        for (int i = 0; i < 3; ++i) rig.step();
        auto& photographer = rig.add<Photographer>(5U);
        while (!rig.ended(photographer)) rig.step();
        const auto& picture = *photographer.picture;
        EXPECT_GT(picture.order.size(), 40U);
        for (const auto& [from, to] : picture.linkages) {
            EXPECT_LT(from.component, picture.components.size());
            EXPECT_TRUE(to.component == Snapshot::none || to.component < picture.components.size());
        }
        for (const auto id : picture.order) {
            const auto parent = picture.components[id].parent;
            EXPECT_TRUE(parent == Snapshot::none || parent < id) << "parents have their ids first";
        }
    });
}

TEST(TakeSnapshot, LeavesWhatItHasNotedAsItWas) {
    Rig rig;
    const auto first = rig.system().spawn<Echo>();
    const auto second = rig.system().spawn<Echo>();
    const auto last = rig.system().spawn<Echo>();
    link(first.get()->outbox, second.get()->inbox);
    rig.run();
    SnapshotTaker taker{rig.scheduler().root()};
    EXPECT_TRUE(taker.slice(1));
    rig.system().stop(first);
    rig.system().stop(second);
    rig.run();
    const auto next = rig.system().spawn<Echo>(); // likely where one of them was
    link(last.get()->outbox, next.get()->inbox);
    rig.run();
    while (taker.slice(1)) {
    }
    const auto snapshot = taker.finish();
    EXPECT_THAT(paths(snapshot), ElementsAre("/EchoOf#1", "/EchoOf#3", "/EchoOf#4"));
    EXPECT_THAT(linkages(snapshot),
                ElementsAre("/EchoOf#1.outbox -> /EchoOf#2.inbox", "/EchoOf#3.outbox -> /EchoOf#4.inbox"));
    EXPECT_EQ(at(snapshot, "/EchoOf#1").awaits.size(), 1U);
}

} // namespace
