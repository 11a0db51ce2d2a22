#include "kamaelia/util/one_shot.hpp"

#include "axon/bytes.hpp"
#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::OneShot;

TEST(OneShot, SendsOneMessageAndEnds) {
    Rig rig;
    auto& shot = rig.add<OneShot<Bytes>>(Bytes{"hello"});
    rig.run();
    EXPECT_EQ(rig.sent(shot.outbox), std::vector{Bytes{"hello"}});
    EXPECT_TRUE(rig.closed(shot.outbox));
    EXPECT_TRUE(rig.ended(shot));
}

TEST(OneShot, SendsAnyKindOfMessage) {
    Rig rig;
    auto& shot = rig.add<OneShot<int>>(OneShot<int>::Params{.message = 7});
    rig.run();
    EXPECT_EQ(rig.sent(shot.outbox), std::vector{7});
}

TEST(OneShot, WaitsForRoomAndMayBeStoppedThere) {
    for (const bool stop : {true, false}) {
        Rig rig;
        auto& shot = rig.add<OneShot<int>>(7);
        auto& full = rig.add<parts::Idle<int>>(axon::InboxOptions{.capacity = 1});
        rig.feed(full.inbox, 1);
        link(shot.outbox, full.inbox);
        rig.run();
        EXPECT_FALSE(rig.ended(shot));
        if (stop) {
            rig.stop(shot);
        } else {
            rig.shut_down(shot);
            rig.run();
        }
        EXPECT_TRUE(rig.ended(shot));
        EXPECT_EQ(full.inbox.size(), 1U);
    }
}

} // namespace
