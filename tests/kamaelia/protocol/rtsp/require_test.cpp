#include "kamaelia/protocol/rtsp/require.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kamaelia::rtsp;

TEST(RtspRequire, NamesWhatIsUnsupported) {
    EXPECT_EQ(unsupported_options({}), "");
    EXPECT_EQ(unsupported_options({.fields = {{"Require", ""}, {"Required", "a"}}}), "");
    EXPECT_EQ(unsupported_options({.fields = {{"Require", "implicit-play"}}}), "implicit-play");
    EXPECT_EQ(unsupported_options({.fields = {{"Require", "a, b,,"}, {"CSeq", "1"}, {"require", "c"}}}),
              "a, b, c");
    EXPECT_EQ(
        unsupported_options({.fields = {{"Proxy-Require", "a"}, {"Require", "b"}, {"proxy-require", "c"}}}),
        "a, b, c");
}

TEST(RtspRequire, EchoesNothingThatIsNoToken) {
    EXPECT_EQ(unsupported_options({.fields = {{"Require", "a b, \"c\", <script>, \xC3\xA9, d"}}}),
              "?, ?, ?, ?, d");
}

} // namespace
