#include "kamaelia/protocol/rtsp/timestamp_field.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kamaelia::rtsp;

TEST(RtspTimestamp, IsEchoedAsItWasSaid) {
    for (const auto* value :
         {"0", "12.25", "0012.2500", "12.", ".5", "12 0.25", "99999999999999999999999999"})
        EXPECT_EQ(echoed_timestamp({.fields = {{"CSeq", "1"}, {"timestamp", value}}}), value);
}

TEST(RtspTimestamp, WhatIsNoneIsNot) {
    EXPECT_EQ(echoed_timestamp({}), "");
    EXPECT_EQ(echoed_timestamp({.fields = {{"Timestamp", "1"}, {"Timestamp", "1"}}}), "");
    for (const auto* value : {"", "now", "-1", "1.2.3", "1 2 3", "1 a", "<script>", "1,2"})
        EXPECT_EQ(echoed_timestamp({.fields = {{"Timestamp", value}}}), "") << value;
}

} // namespace
