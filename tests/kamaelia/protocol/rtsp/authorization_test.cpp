#include "kamaelia/protocol/rtsp/authorization.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace kamaelia;
using namespace kamaelia::rtsp;
using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr std::chrono::sys_seconds start{1'700'000'000s};
constexpr std::string_view peer = "192.0.2.7";
constexpr Authorizer::Context here{.now = start, .peer = peer};

// The HMAC of the time, made elsewhere.
const std::string nonce = "6553f100-2f84b4073f845ffdb0655fb07897bf5a";

const std::string md5_line = "alice:media:0307e4310caaf2a0e56361d36e750e3c\n"; // "secret"
const std::string sha256_line =
    "alice:media:d2711b5e818f5a9c99cccbebe6ca179fe115c43f00fc60bf7ad5d76fddac32c5\n";
const std::string crypt_line =
    "bob:$5$rounds=1000$saltsalt$TWdBOWiYhmVJkQgbrDSNb2rxBkKSiutz24Rm5ti0vID\n"; // "geheim"

Users users_of(const std::string& text) { return Users::parse(text, "media").value(); }

Authorizer::Settings settings() {
    return {.realm = "media", .key = "0123456789abcdef0123456789abcdef", .nonce_lifetime = 600s};
}

Request describe(std::string authorization) {
    return {.method = Method::describe,
            .method_name = "DESCRIBE",
            .url = "rtsp://h:8554/file",
            .fields = {{"Authorization", std::move(authorization)}}};
}

struct Digest {
    std::string username = "alice";
    std::string realm = "media";
    std::string uri = "rtsp://h:8554/file";
    std::string response = "55d6763896bc34b8a02f5aa75928c2cd";
    std::string more = {};
};

std::string text_of(const Digest& digest) {
    return "Digest username=\"" + digest.username + "\", realm=\"" + digest.realm + "\", nonce=\"" + nonce +
           "\", uri=\"" + digest.uri + "\", response=\"" + digest.response + '"' + digest.more;
}

// "granted alice", "401", "401 stale", "400"
std::string verdict(const std::string& users, const Request& request,
                    const Authorizer::Context& context = here) {
    const Users known = users_of(users);
    const Verdict v = Authorizer{known, settings()}.check(request, context);
    if (v.decision == Decision::granted) return "granted " + v.user;
    return std::to_string(static_cast<int>(status_of(v.decision))) + (v.stale ? " stale" : "");
}

TEST(RtspAuthorization, OffersDigestWhereTheFileHasIt) {
    const auto challenges = [](const std::string& text, bool stale = false) {
        const Users users = users_of(text);
        return Authorizer{users, settings()}.challenges(here, stale);
    };
    const std::string basic = "Basic realm=\"media\"";
    const std::string begin = "Digest realm=\"media\", nonce=\"" + nonce + "\", algorithm=";
    EXPECT_THAT(challenges(crypt_line), ElementsAre(basic));
    EXPECT_THAT(challenges(md5_line + crypt_line), ElementsAre(basic, begin + "MD5, qop=\"auth\""));
    EXPECT_THAT(challenges(sha256_line), ElementsAre(basic, begin + "SHA-256, qop=\"auth\""));
    EXPECT_THAT(challenges(sha256_line + md5_line, true),
                ElementsAre(basic, begin + "SHA-256, qop=\"auth\", stale=true",
                            begin + "MD5, qop=\"auth\", stale=true"));
}

TEST(RtspAuthorization, QuotesTheRealm) {
    const Users none;
    EXPECT_THAT((Authorizer{none, {.realm = "a\"b\\c", .key = "k"}}.challenges(here)),
                ElementsAre("Basic realm=\"a\\\"b\\\\c\""));
}

TEST(RtspAuthorization, ChecksBasicAgainstEveryKindOfLine) {
    for (const std::string& line : {md5_line, sha256_line})
        EXPECT_EQ(verdict(line, describe("Basic YWxpY2U6c2VjcmV0")), "granted alice"); // alice:secret
    EXPECT_EQ(verdict(crypt_line, describe("Basic Ym9iOmdlaGVpbQ==")), "granted bob"); // bob:geheim
    EXPECT_EQ(verdict(crypt_line, describe("Basic Ym9iOnNlY3JldA==")), "401");         // bob:secret
    EXPECT_EQ(verdict(md5_line, describe("Basic Y2Fyb2w6c2VjcmV0")), "401");           // carol:secret
}

TEST(RtspAuthorization, ChecksDigestWithAndWithoutQop) {
    const std::string auth = ", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"0a4f113b\"";
    EXPECT_EQ(verdict(md5_line, describe(text_of({}))), "granted alice");
    EXPECT_EQ(
        verdict(md5_line, describe(text_of({.response = "674433d72ad529433ff4d6e08c0e7a76", .more = auth}))),
        "granted alice");
    EXPECT_EQ(verdict(sha256_line, describe(text_of({.response = "e680bad725648b7f0f4ac968be29f4c0"
                                                                 "678ee530d4b4c963336ad16e9e39effb",
                                                     .more = ", algorithm=SHA-256"}))),
              "granted alice");
    EXPECT_EQ(
        verdict(sha256_line, describe(text_of({.response = "c555845a3d2359bc95503ff2aac7d11f"
                                                           "28522709b0807730745144139e8a3971",
                                               .more = ", algorithm=SHA-256, qop=\"auth\", nc=00000001, "
                                                       "cnonce=\"0a4f113b\""}))),
        "granted alice");
}

TEST(RtspAuthorization, TurnsAwayWhatDoesNotAgree) {
    EXPECT_EQ(verdict(md5_line, {.method_name = "OPTIONS", .url = "*"}), "401");
    EXPECT_EQ(verdict(md5_line, describe("Bearer x")), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.response = "55d6763896bc34b8a02f5aa75928c2ce"}))), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.response = ""}))), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.username = "carol"}))), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.realm = ""}))), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.realm = "Media"}))), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.more = ", algorithm=SHA-256"}))), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.more = ", algorithm=MD5-sess"}))), "401");
    EXPECT_EQ(verdict(crypt_line, describe(text_of({}))), "401");
    Request other_method = describe(text_of({}));
    other_method.method_name = "TEARDOWN";
    EXPECT_EQ(verdict(md5_line, other_method), "401");
}

// A user who is not there has no HA1, and must not be let in with the one that stands for it.
TEST(RtspAuthorization, NobodyHasThePlaceholdersPassword) {
    const std::string zeros(32, '0');
    const std::string ha2 = hex_digest(DigestAlgorithm::md5, "DESCRIBE:rtsp://h:8554/file");
    const std::string response = hex_digest(DigestAlgorithm::md5, zeros + ':' + nonce + ':' + ha2);
    EXPECT_EQ(verdict(md5_line, describe(text_of({.username = "carol", .response = response}))), "401");
}

TEST(RtspAuthorization, ANonceIsGoodForItsTimeAndItsPeer) {
    const Request request = describe(text_of({}));
    EXPECT_EQ(verdict(md5_line, request, {.now = start + 600s, .peer = peer}), "granted alice");
    EXPECT_EQ(verdict(md5_line, request, {.now = start + 601s, .peer = peer}), "401 stale");
    EXPECT_EQ(verdict(md5_line, request, {.now = start - 1s, .peer = peer}), "401 stale");
    EXPECT_EQ(verdict(md5_line, request, {.now = start, .peer = "192.0.2.8"}), "401");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.response = "0"})), {.now = start + 601s, .peer = peer}),
              "401");

    const auto with_nonce = [&](const std::string& made_up) {
        const std::string ha2 = hex_digest(DigestAlgorithm::md5, "DESCRIBE:rtsp://h:8554/file");
        const std::string response =
            hex_digest(DigestAlgorithm::md5, "0307e4310caaf2a0e56361d36e750e3c:" + made_up + ':' + ha2);
        return describe("Digest username=\"alice\", realm=\"media\", nonce=\"" + made_up +
                        "\", uri=\"rtsp://h:8554/file\", response=\"" + response + '"');
    };
    EXPECT_EQ(verdict(md5_line, with_nonce(nonce)), "granted alice");
    for (const std::string made_up :
         {"", "-", "6553f100", "6553f101-2f84b4073f845ffdb0655fb07897bf5a",
          "6553f100-2f84b4073f845ffdb0655fb07897bf5b", "ffffffffffffffff-0", "x-y"})
        EXPECT_EQ(verdict(md5_line, with_nonce(made_up)), "401") << made_up;
}

TEST(RtspAuthorization, TheUriNamesWhatIsAskedFor) {
    // Of GStreamer and live555: the presentation's URL for a track, and for what has a slash behind it.
    for (const std::string url : {"rtsp://h:8554/file/", "rtsp://h:8554/file/trackID=0", "rtsp://h/file"}) {
        Request request = describe(text_of({}));
        request.url = url;
        EXPECT_EQ(verdict(md5_line, request), "granted alice") << url;
    }
    for (const std::string url : {"rtsp://h:8554/other", "rtsp://h:8554/", "rtsp://h:8554/file/b", "*"}) {
        Request request = describe(text_of({}));
        request.url = url;
        EXPECT_EQ(verdict(md5_line, request), "400") << url;
    }
    for (const std::string uri : {"", "*", "/file", "rtsp://h:8554/fil", "http://h:8554/file"})
        EXPECT_EQ(verdict(md5_line, describe(text_of({.uri = uri}))), "400") << uri;
}

TEST(RtspAuthorization, RefusesWhatIsMalformed) {
    std::string thousand = "Digest ";
    for (int i = 0; i < 1000; ++i) thousand += "username=\"alice\", ";
    for (const std::string& value :
         {std::string{}, std::string{"Basic"}, std::string{"Digest username=\"a"}, thousand,
          text_of({.more = ", nonce=\"x\""}), text_of({.more = ", qop=auth-int"}),
          text_of({.more = ", qop=auth"}), text_of({.more = ", qop=auth, cnonce=\"a\", nc=1"}),
          text_of({.more = ", qop=auth, cnonce=\"a\", nc=0000000x"}),
          text_of({.more = ", qop=auth, nc=00000001"})})
        EXPECT_EQ(verdict(md5_line, describe(value)), "400") << value.substr(0, 200);
    Request twice = describe(text_of({}));
    twice.fields.push_back(twice.fields[0]);
    EXPECT_EQ(verdict(md5_line, twice), "400");
}

} // namespace
