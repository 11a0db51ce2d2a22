#include "kamaelia/protocol/credentials.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace {

using namespace std::string_literals;
using namespace kamaelia;

TEST(Credentials, ReadsBasic) {
    const auto is = [](std::string_view value, const BasicCredentials& expected) {
        const auto read = parse_credentials(value);
        ASSERT_TRUE(read.has_value()) << value << ": " << read.error().what;
        EXPECT_EQ(*read, Credentials{expected}) << value;
    };
    is("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", {"Aladdin", "open sesame"}); // RFC 7617 2
    is(" basic  Og== ", {"", ""});
    is("Basic YTpiOmM=", {"a", "b:c"});
}

TEST(Credentials, ReadsDigest) {
    const auto read = parse_credentials(
        "Digest username=\"a\\\"b\\\\\", realm=\"\", nonce = \"n\", uri=\"rtsp://h/a, b=c\",response=r,\t,"
        "algorithm=MD5, QOP=auth, nc=00000001, cnonce=\"c\", opaque=\"x\", future=1");
    ASSERT_TRUE(read.has_value()) << read.error().what;
    EXPECT_EQ(*read, (Credentials{DigestCredentials{.username = "a\"b\\",
                                                    .realm = "",
                                                    .nonce = "n",
                                                    .uri = "rtsp://h/a, b=c",
                                                    .response = "r",
                                                    .algorithm = "MD5",
                                                    .qop = "auth",
                                                    .nc = "00000001",
                                                    .cnonce = "c"}}));
}

TEST(Credentials, KnowsNothingOfOtherSchemes) {
    for (const char* const value : {"Bearer abc", "Negotiate", "DigestX username=\"a\""})
        EXPECT_EQ(parse_credentials(value).value(), Credentials{OtherCredentials{}}) << value;
}

TEST(Credentials, RefusesWhatIsMalformed) {
    const std::string fine = "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\"";
    ASSERT_TRUE(parse_credentials(fine).has_value());
    std::string many = fine;
    for (int i = 0; i < 28; ++i) many += ", x=1";
    std::string same = "Digest ";
    for (int i = 0; i < 1000; ++i) same += "username=\"a\",";
    for (const std::string& value : {
             ""s,
             " "s,
             "(a) b"s,
             "Basic"s,
             "Basic ???"s,
             "Basic QQ"s,
             "Basic QUE="s,
             "Basic QQ=="s,
             "Basic YQA6Yg=="s, // a NUL in the name
             "Basic YTpiCg=="s, // a line feed behind the password
             "Digest"s,
             "Digest username"s,
             "Digest username=\"a\""s,
             "Digest =a"s,
             "Digest username=\"a"s,
             fine + ", username=\"b\"",
             fine + ", USERNAME=\"a\"",
             fine + ", nc",
             fine + ", nc=",
             fine + ", nc=\"1",
             fine + ", nc=\"1\\",
             fine + ", nc=\"1\"x",
             fine + ", nc=1 2",
             fine + ", nc=1\"2\"",
             fine + ", n c=1",
             "Digest username=\"a\x01\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\""s,
             many,
             same,
         })
        EXPECT_FALSE(parse_credentials(value).has_value()) << value.substr(0, 200);
}

} // namespace
