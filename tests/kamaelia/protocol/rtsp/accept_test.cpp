#include "kamaelia/protocol/rtsp/accept.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kamaelia::rtsp;

bool sdp_for(const char* value) {
    return accepts({.fields = {{"CSeq", "1"}, {"accept", value}}}, "application/sdp");
}

TEST(RtspAccept, TheTypeByItsNameOrItsFamily) {
    for (const auto* value :
         {"application/sdp", "APPLICATION/Sdp", "application/*", "Application/*", "*/*",
          "application/rtsl, application/sdp", "text/html,,*/*", "application/sdp;level=2",
          "application/sdp ; level=2", "application/rtsl q=1.0, application/sdp;level=2"})
        EXPECT_TRUE(sdp_for(value)) << value;
}

TEST(RtspAccept, NoOtherType) {
    for (const auto* value : {"text/html", "application/sdpx", "xapplication/sdp", "application/sd",
                              "application", "sdp", "text/*", "application/sdp/*", "text/application/sdp",
                              "*/sdp", "a;b=\"application/sdp\"", "/", ";"})
        EXPECT_FALSE(sdp_for(value)) << value;
}

TEST(RtspAccept, WhereNothingIsNamedAnythingMayBe) {
    EXPECT_TRUE(accepts({}, "application/sdp"));
    EXPECT_TRUE(accepts({.fields = {{"Accept-Language", "da"}}}, "application/sdp"));
    EXPECT_TRUE(sdp_for(""));
    EXPECT_TRUE(sdp_for(" , ,"));
}

TEST(RtspAccept, SeveralFieldsAreOneList) {
    EXPECT_TRUE(
        accepts({.fields = {{"Accept", "text/html"}, {"Accept", "application/sdp"}}}, "application/sdp"));
    EXPECT_FALSE(accepts({.fields = {{"Accept", "text/html"}, {"Accept", ""}}}, "application/sdp"));
}

TEST(RtspAccept, AQualityOfNothingIsANo) {
    for (const auto* value :
         {"application/sdp;q=0", "application/sdp; Q=0.000", "application/sdp;level=2;q=0", "*/*;q=0",
          "application/sdp;q=0, */*", "*/*, application/*;q=0", "*/*;q=0, text/html"})
        EXPECT_FALSE(sdp_for(value)) << value;
    for (const auto* value :
         {"application/sdp;q=0.001", "application/sdp;q=1", "application/sdp;q=", "application/sdp;qq=0",
          "application/sdp;q=often", "*/*;q=0, application/sdp;q=0.1", "application/*, */*;q=0",
          "application/sdp;q=0, application/sdp", "application/sdp, application/sdp;q=0"})
        EXPECT_TRUE(sdp_for(value)) << value;
}

} // namespace
