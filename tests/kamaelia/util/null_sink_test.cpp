#include "kamaelia/util/null_sink.hpp"

#include "axon/bytes.hpp"
#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::NullSink;

TEST(NullSink, TakesEverythingAndEndsWithItsInput) {
    Rig rig;
    auto& sink = rig.add<NullSink<Bytes>>();
    for (int i = 0; i < 1000; ++i) rig.feed(sink.inbox, Bytes{"x"});
    rig.run();
    EXPECT_EQ(rig.refused(sink.inbox), 0U);
    EXPECT_EQ(sink.inbox.taken(), 1000U);
    EXPECT_FALSE(rig.ended(sink));
    rig.end(sink.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(sink));
}

TEST(NullSink, EndsWhenItIsShutDownAndWhenItIsStopped) {
    Rig rig;
    auto& asked = rig.add<NullSink<int>>();
    auto& stopped = rig.add<NullSink<int>>();
    rig.feed(asked.inbox, 1);
    rig.shut_down(asked);
    rig.run();
    EXPECT_EQ(asked.inbox.taken(), 1U);
    EXPECT_TRUE(rig.ended(asked));
    rig.stop(stopped);
    EXPECT_TRUE(rig.ended(stopped));
}

} // namespace
