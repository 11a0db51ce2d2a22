// A child behind exported boxes is replaced while messages flow: the composite holds its boxes open.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>

namespace {

using namespace parts;
using axon::Component;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// What stands behind its boxes can be exchanged for another of the same kind.
struct Stage : axon::Composite {
    axon::Inbox<int> inbox{*this, "inbox"};
    axon::Outbox<int> outbox{*this, "outbox"};

    void start() {
        child_ = spawn<Echo>();
        link(inbox, child_.get()->inbox);
        link(child_.get()->outbox, outbox);
        ++started;
    }
    [[nodiscard]] Echo* child() const { return child_.get(); }
    int started = 0;

protected:
    Task<> main() override { co_await sleep_for(std::chrono::hours{24 * 365}); }
    axon::Handle<Echo> child_;
};

// Starts the next child when the last one has ended; ends its outbox when there is no more input.
struct OneByOne final : Stage {
    OneByOne() { inbox.set_options({.capacity = 3}); }
    void change() {
        if (!child_) return;
        shut_down(*child_.get());
        axon::unlink(inbox);
    }
    void child_has_ended(Component&) override {
        if (inbox.ended()) {
            outbox.close();
        } else {
            start();
        }
    }
};

TEST(Replace, AChildThatIsAskedToEndPassesOnWhatItHasAndTheNextOneGoesOnWithTheRest) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 200);
        auto& stage = rig.add<OneByOne>();
        auto& to = rig.add<Collect>();
        to.inbox.set_options({.capacity = 2});
        link(from.outbox, stage.inbox);
        link(stage.outbox, to.inbox);
        rig.step();
        stage.start();
        for (std::uint64_t step = 1; rig.step(); ++step) {
            if (step % (3 + *options.shuffle % 7) == 0) stage.change();
        }
        EXPECT_EQ(to.heard, counting(0, 200)) << "none is lost, none comes twice, all in their order";
        EXPECT_TRUE(to.saw_the_end);
        EXPECT_GE(stage.started, 2);
    });
}

// The next child starts beside the last one, which still has something to send.
struct Overlapping final : Stage {
    void change() {
        if (!child_) return;
        shut_down(*child_.get());
        axon::unlink(inbox);
        start();
    }
};

TEST(Replace, TheNextChildMayStartBeforeTheLastOneHasEnded) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 100);
        auto& stage = rig.add<Overlapping>();
        auto& to = rig.add<Collect>();
        to.inbox.set_options({.capacity = 1});
        link(from.outbox, stage.inbox);
        link(stage.outbox, to.inbox);
        rig.step();
        stage.start();
        for (std::uint64_t step = 1; rig.step(); ++step) {
            if (step % (3 + *options.shuffle % 7) == 0) stage.change();
        }
        std::ranges::sort(to.heard);
        EXPECT_EQ(to.heard, counting(0, 100));
        EXPECT_GE(stage.started, 2);
    });
}

// Stops the child where it is.
struct Abrupt final : Stage {
    void change() {
        stop(child_);
        start();
    }
};

TEST(Replace, WithAChildThatIsStoppedGoesOnlyWhatItHasInHand) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 200);
        auto& stage = rig.add<Abrupt>();
        auto& to = rig.add<Collect>();
        to.inbox.set_options({.capacity = 1});
        link(from.outbox, stage.inbox);
        link(stage.outbox, to.inbox);
        rig.step();
        stage.start();
        std::size_t in_hand = 0;
        for (std::uint64_t step = 1; rig.step(); ++step) {
            if (step % (5 + *options.shuffle % 7) != 0 || rig.ended(from)) continue;
            const auto* child = stage.child();
            in_hand += child->inbox.taken() - child->outbox.sent();
            stage.change();
        }
        EXPECT_EQ(to.heard.size() + in_hand, 200U);
        EXPECT_TRUE(std::ranges::is_sorted(to.heard));
        EXPECT_FALSE(to.saw_the_end) << "the composite holds its boxes open";
        rig.stop(stage);
        rig.run();
        EXPECT_TRUE(to.saw_the_end);
    });
}

// Has no child until it is given one, which ends by itself.
struct Socket final : axon::Composite {
    axon::Inbox<int> inbox{*this, "inbox"};
    axon::Outbox<int> outbox{*this, "outbox"};

    void give(int takes) {
        child_ = spawn<Take>(takes);
        link(inbox, child_.get()->inbox);
        link(child_.get()->outbox, outbox);
    }
    Task<> main() override { co_await sleep_for(std::chrono::hours{1}); }
    [[nodiscard]] bool has_child() const { return static_cast<bool>(child_); }

private:
    axon::Handle<Take> child_;
};

TEST(Replace, WhatComesWhileThereIsNoChildWaitsForTheNextOneAndSoDoesTheEnd) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& socket = rig.add<Socket>();
        auto& to = rig.add<Collect>();
        link(socket.outbox, to.inbox);
        for (int i = 0; i < 5; ++i) rig.feed(socket.inbox, i);
        rig.run();
        socket.give(2);
        rig.run();
        EXPECT_FALSE(socket.has_child());
        for (int i = 5; i < 8; ++i) rig.feed(socket.inbox, i);
        rig.end(socket.inbox);
        rig.run();
        socket.give(100);
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 8)) << "what the first child left unread is for the next one";
        EXPECT_FALSE(socket.has_child()) << "the end of input was kept for it as well";
    });
}

} // namespace
