#include "kamaelia/util/echo.hpp"

#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::Echo;

TEST(Echo, SendsBackWhatItHearsInOrder) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    rig.feed(echo.inbox, Bytes{"one"});
    rig.feed(echo.inbox, Bytes{"two"});
    rig.run();
    EXPECT_EQ(rig.sent(echo.outbox), (std::vector{Bytes{"one"}, Bytes{"two"}}));
    EXPECT_FALSE(rig.ended(echo));
}

TEST(Echo, EndsWithItsInputAfterSendingAllOfIt) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    for (int i = 0; i < 1000; ++i) rig.feed(echo.inbox, Bytes{std::to_string(i)});
    rig.end(echo.inbox);
    rig.run();
    const auto sent = rig.sent(echo.outbox);
    ASSERT_EQ(sent.size(), 1000U);
    EXPECT_EQ(sent.back(), Bytes{"999"});
    EXPECT_TRUE(rig.ended(echo));
    EXPECT_TRUE(rig.closed(echo.outbox));
}

TEST(Echo, SendsBackWhatCameBeforeAShutdown) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    rig.feed(echo.inbox, Bytes{"last"});
    rig.shut_down(echo);
    rig.run();
    EXPECT_EQ(rig.sent(echo.outbox), std::vector{Bytes{"last"}});
    EXPECT_TRUE(rig.ended(echo));
}

} // namespace
