// What components tell each other apart from data (rows IP): ends, shutdowns, failures, births.
#include "axon/ended.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;

TEST(Conformance, IP1_WhateverComesByControlIsOneKindOfMessage) {
    Rig rig;
    auto& log = rig.add<ControlLog>();
    const axon::Signal all[]{axon::ProducerFinished{}, axon::Shutdown{},
                             axon::Failure{"/x", "broken", nullptr}};
    for (const auto& signal : all) log.control.deliver(signal);
    rig.run();
    EXPECT_EQ(log.heard, (Strings{"finished", "shutdown", "failure: broken"}));
}

TEST(Conformance, IP2_ComponentsThatAreSpawnedStartInTheirOrderAndThereMayBeNone) {
    struct Says final : axon::Component {
        Says(int which, Ints& where) : number{which}, out{where} {}
        Task<> main() override {
            out.push_back(number);
            co_return;
        }
        int number;
        Ints& out;
    };
    struct Parent final : axon::Component {
        explicit Parent(int children) : count{children} {}
        Task<> main() override {
            for (int i = 0; i < count; ++i) spawn<Says>(i, said);
            said.push_back(-1);
            co_await children_ended();
        }
        int count;
        Ints said;
    };
    Rig rig;
    auto& three = rig.add<Parent>(3);
    auto& none = rig.add<Parent>(0);
    rig.run();
    EXPECT_EQ(three.said, (Ints{-1, 0, 1, 2})) << "the parent's turn goes on meanwhile";
    EXPECT_EQ(none.said, (Ints{-1}));
    EXPECT_TRUE(rig.ended(three));
}

TEST(Conformance, IP3_AShutdownReachesThoseWhoAreNamedAndThereMayBeNone) {
    for (std::size_t named = 0; named <= 3; ++named) {
        struct Parent final : axon::Component {
            Collect* all[3]{&child<Collect>(), &child<Collect>(), &child<Collect>()};
            Task<> main() override { co_await children_ended(); }
            void end(std::size_t count) {
                for (std::size_t i = 0; i < count; ++i) shut_down(*all[i]);
            }
        };
        Rig rig;
        auto& parent = rig.add<Parent>();
        rig.run();
        parent.end(named);
        rig.run();
        for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rig.ended(*parent.all[i]), i < named);
    }
}

TEST(Conformance, IP4_NewsOfAnEventSayFromWhomAndWhat) {
    struct Parent final : axon::Component {
        axon::EndedBox ended{*this};
        Take& known = child<Take>(0);
        Task<> main() override {
            if (const auto news = co_await ended.receive()) {
                from_known = news->child == &known;
                how = news->how;
            }
        }
        bool from_known = false;
        axon::Ending how = axon::Ending::failed;
    };
    Rig rig;
    auto& parent = rig.add<Parent>();
    rig.run();
    EXPECT_TRUE(parent.from_known);
    EXPECT_EQ(parent.how, axon::Ending::finished);
}

TEST(Conformance, IP6_AFinishedProducerIsKnownByItsLinkageAndNeedsNoneToBeHeard) {
    Rig rig;
    auto& linked = rig.add<ControlLog>();
    auto& told = rig.add<ControlLog>();
    auto& first = rig.add<Take>(0);
    auto& second = rig.add<Collect>();
    link(first.signal, linked.control);
    link(second.signal, linked.control);
    rig.run();
    EXPECT_TRUE(linked.heard.empty()) << "the other one has not finished";
    rig.end(second.inbox);
    rig.finish(told);
    rig.run();
    EXPECT_EQ(linked.heard, (Strings{"finished"}));
    EXPECT_EQ(told.heard, (Strings{"finished"}));
}

TEST(Conformance, IP7_AFailureSaysWhoFailedWithWhatAndCarriesTheException) {
    struct Hears final : axon::Component {
        Hears() : Component{axon::handles_control} {}
        Task<> main() override {
            const auto news = co_await control.receive();
            if (const auto* failure = std::get_if<axon::Failure>(&news)) heard = *failure;
        }
        axon::Failure heard;
    };
    Rig rig;
    auto& throws = rig.add<Throws>();
    auto& hears = rig.add<Hears>();
    link(throws.signal, hears.control);
    rig.run();
    EXPECT_EQ(hears.heard.path, "/Throws");
    EXPECT_EQ(hears.heard.what, "broken");
    EXPECT_THROW(std::rethrow_exception(hears.heard.error), std::runtime_error);
}

} // namespace
