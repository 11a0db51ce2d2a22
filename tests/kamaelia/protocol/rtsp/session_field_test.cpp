#include "kamaelia/protocol/rtsp/session_field.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kamaelia::rtsp;
using namespace std::chrono_literals;

TEST(RtspSessionField, IsReadAsServersWriteIt) {
    EXPECT_EQ(parse_session("No_kfR6AwGtlW9la"), (SessionField{"No_kfR6AwGtlW9la", 60s}));
    EXPECT_EQ(parse_session("47112344;timeout=12"), (SessionField{"47112344", 12s}));
    EXPECT_EQ(parse_session(" 4711 ; Timeout = 65 "), (SessionField{"4711", 65s}));
    EXPECT_EQ(parse_session("a;x=1;timeout=5;y"), (SessionField{"a", 5s}));
}

TEST(RtspSessionField, ATimeoutThatIsNoneIsTheUsualOne) {
    for (const auto* value : {"a;timeout=0", "a;timeout=", "a;timeout", "a;timeout=-5", "a;timeout=soon",
                              "a;", "a;timeout=99999999999"})
        EXPECT_EQ(parse_session(value), (SessionField{"a", 60s})) << value;
    EXPECT_EQ(parse_session("a;timeout=4000000000"), (SessionField{"a", 24h}));
}

TEST(RtspSessionField, WithoutAnIdThereIsNone) {
    for (const auto* value : {"", " ", ";timeout=5", " ;"})
        EXPECT_EQ(parse_session(value), std::nullopt) << value;
}

TEST(RtspSessionField, ARequestNamesOne) {
    EXPECT_EQ(named_session({.fields = {{"CSeq", "1"}, {"session", "a ;timeout=60"}}}), "a");
    EXPECT_EQ(named_session({.fields = {{"Session", "a"}, {"Session", "a;timeout=60"}}}), "a");
    EXPECT_EQ(named_session({}), "");
    EXPECT_EQ(named_session({.fields = {{"Session", ";a"}}}), "");
}

TEST(RtspSessionField, ARequestThatNamesTwoNamesNone) {
    EXPECT_EQ(named_session({.fields = {{"Session", "a"}, {"Session", "b"}}}), "");
    EXPECT_EQ(named_session({.fields = {{"Session", "a"}, {"Session", ""}}}), "");
    EXPECT_EQ(named_session({.fields = {{"Session", "a"}, {"Session", "b"}, {"Session", "a"}}}), "");
    EXPECT_EQ(named_session({.fields = {{"Session", "a"}, {"Session", "A"}}}), "");
}

} // namespace
