#include "kamaelia/protocol/rtsp/authorization.hpp"

#include "kamaelia/util/digest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace kamaelia;
using namespace kamaelia::rtsp;
using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr axon::Time start{1h};
const std::string nonce = "6553f100-2f84b4073f845ffdb0655fb07897bf5a";

const std::string md5_line = "alice:media:0307e4310caaf2a0e56361d36e750e3c\n"; // "secret"
const std::string sha256_line =
    "alice:media:d2711b5e818f5a9c99cccbebe6ca179fe115c43f00fc60bf7ad5d76fddac32c5\n";
const std::string crypt_line =
    "bob:$5$rounds=1000$saltsalt$TWdBOWiYhmVJkQgbrDSNb2rxBkKSiutz24Rm5ti0vID\n"; // "geheim"

Users users_of(const std::string& text) { return Users::parse(text).value(); }

Nonce given(std::uint32_t count = 0) { return {.text = nonce, .made = start, .count = count}; }

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

const std::string alice = "0307e4310caaf2a0e56361d36e750e3c"; // her HA1

// Of DESCRIBE; `middle` is what `qop` puts between.
std::string response_to(const std::string& to, const std::string& ha1 = alice,
                        const std::string& middle = "") {
    const std::string ha2 = hex_digest(DigestAlgorithm::md5, "DESCRIBE:rtsp://h:8554/file");
    return hex_digest(DigestAlgorithm::md5, ha1 + ':' + to + ':' + middle + ha2);
}

std::string name_of(Decision decision) {
    switch (decision) {
    case Decision::granted: return "granted";
    case Decision::undecided: return "undecided";
    case Decision::absent: return "absent";
    case Decision::stale: return "stale";
    case Decision::wrong: return "wrong";
    case Decision::malformed: return "malformed";
    }
    return "";
}

std::string verdict(const std::string& users, const Request& request, const Nonce& last = given(),
                    axon::Time now = start) {
    return name_of(authorize(users_of(users), request, last, now).decision);
}

TEST(RtspAuthorization, OffersDigestWhereTheFileHasIt) {
    const auto offered = [](const std::string& text, bool stale = false) {
        return challenges(users_of(text), nonce, stale);
    };
    const std::string basic = "Basic realm=\"media\"";
    const std::string begin = "Digest realm=\"media\", nonce=\"" + nonce + "\", algorithm=";
    EXPECT_THAT(offered(crypt_line), ElementsAre(basic));
    EXPECT_THAT(offered(md5_line + crypt_line), ElementsAre(begin + "MD5, qop=\"auth\"", basic));
    EXPECT_THAT(offered(sha256_line), ElementsAre(begin + "SHA-256, qop=\"auth\"", basic));
    EXPECT_THAT(offered(sha256_line + md5_line, true),
                ElementsAre(begin + "SHA-256, qop=\"auth\", stale=true",
                            begin + "MD5, qop=\"auth\", stale=true", basic));
}

TEST(RtspAuthorization, QuotesTheRealm) {
    EXPECT_THAT(challenges(users_of("a:a\"b\\c:0307e4310caaf2a0e56361d36e750e3c"), "n").back(),
                "Basic realm=\"a\\\"b\\\\c\"");
}

TEST(RtspAuthorization, HasAStatusForEachDecision) {
    EXPECT_EQ(status_of(Decision::granted), Status::ok);
    for (const auto decision : {Decision::absent, Decision::stale, Decision::wrong})
        EXPECT_EQ(status_of(decision), Status::unauthorized);
    EXPECT_EQ(status_of(Decision::malformed), Status::bad_request);
}

TEST(RtspAuthorization, ChecksBasicAgainstEveryKindOfLine) {
    for (const std::string& line : {md5_line, sha256_line})
        EXPECT_EQ(verdict(line, describe("Basic YWxpY2U6c2VjcmV0")), "granted"); // alice:secret
    EXPECT_EQ(verdict(md5_line, describe("Basic Y2Fyb2w6c2VjcmV0")), "wrong");   // carol:secret

    const auto password = [](const std::string& value) {
        auto slow = authorize(users_of(crypt_line), describe(value), given(), start);
        EXPECT_EQ(name_of(slow.decision), "undecided");
        return slow.password && (*slow.password)();
    };
    EXPECT_TRUE(password("Basic Ym9iOmdlaGVpbQ=="));  // bob:geheim
    EXPECT_FALSE(password("Basic Ym9iOnNlY3JldA==")); // bob:secret
}

TEST(RtspAuthorization, ChecksDigestWithAndWithoutQop) {
    const std::string auth = ", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"0a4f113b\"";
    EXPECT_EQ(verdict(md5_line, describe(text_of({}))), "granted");
    EXPECT_EQ(
        verdict(md5_line, describe(text_of({.response = "674433d72ad529433ff4d6e08c0e7a76", .more = auth}))),
        "granted");
    EXPECT_EQ(verdict(sha256_line, describe(text_of({.response = "e680bad725648b7f0f4ac968be29f4c0"
                                                                 "678ee530d4b4c963336ad16e9e39effb",
                                                     .more = ", algorithm=SHA-256"}))),
              "granted");
    EXPECT_EQ(
        verdict(sha256_line, describe(text_of({.response = "c555845a3d2359bc95503ff2aac7d11f"
                                                           "28522709b0807730745144139e8a3971",
                                               .more = ", algorithm=SHA-256, qop=\"auth\", nc=00000001, "
                                                       "cnonce=\"0a4f113b\""}))),
        "granted");
}

TEST(RtspAuthorization, TurnsAwayWhatDoesNotAgree) {
    EXPECT_EQ(verdict(md5_line, {.method_name = "OPTIONS", .url = "*"}), "absent");
    EXPECT_EQ(verdict(md5_line, describe("Bearer x")), "absent");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.response = "55d6763896bc34b8a02f5aa75928c2ce"}))),
              "wrong");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.response = ""}))), "wrong");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.username = "carol"}))), "wrong");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.realm = ""}))), "wrong");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.realm = "Media"}))), "wrong");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.more = ", algorithm=SHA-256"}))), "wrong");
    EXPECT_EQ(verdict(md5_line, describe(text_of({.more = ", algorithm=MD5-sess"}))), "wrong");
    EXPECT_EQ(verdict(crypt_line, describe(text_of({}))), "wrong");
    Request other_method = describe(text_of({}));
    other_method.method_name = "TEARDOWN";
    EXPECT_EQ(verdict(md5_line, other_method), "wrong");
}

// A user who is not there has no HA1, and must not be let in with the one that stands for it.
TEST(RtspAuthorization, NobodyHasThePlaceholdersPassword) {
    const std::string zeros(32, '0');
    EXPECT_EQ(
        verdict(md5_line, describe(text_of({.username = "carol", .response = response_to(nonce, zeros)}))),
        "wrong");
}

TEST(RtspAuthorization, ANonceIsGoodForItsTimeAndItsConnection) {
    const Request request = describe(text_of({}));
    EXPECT_EQ(verdict(md5_line, request, given(), start + nonce_lifetime), "granted");
    EXPECT_EQ(verdict(md5_line, request, given(), start + nonce_lifetime + 1ns), "stale");
    EXPECT_EQ(verdict(md5_line, request, {.text = "another", .made = start}), "stale");
    EXPECT_EQ(verdict(md5_line, request, {}), "stale") << "the connection was given none";
    EXPECT_EQ(verdict(md5_line, describe(text_of({.response = "0"})), {}), "wrong");
    const auto empty = describe("Digest username=\"alice\", realm=\"media\", nonce=\"\", "
                                "uri=\"rtsp://h:8554/file\", response=\"" +
                                response_to("") + '"');
    EXPECT_EQ(verdict(md5_line, empty, {}), "stale");
}

TEST(RtspAuthorization, ANonceCountComesOnce) {
    const auto request = [](const std::string& nc) {
        return describe(text_of({.response = response_to(nonce, alice, nc + ":c:auth:"),
                                 .more = ", qop=auth, cnonce=\"c\", nc=" + nc}));
    };
    const auto first = authorize(users_of(md5_line), request("00000001"), given(), start);
    EXPECT_EQ(name_of(first.decision), "granted");
    EXPECT_EQ(first.count, 1U);
    EXPECT_EQ(verdict(md5_line, request("00000001"), given(1)), "stale");
    EXPECT_EQ(verdict(md5_line, request("0000000f"), given(15)), "stale");
    EXPECT_EQ(verdict(md5_line, request("00000010"), given(15)), "granted");
    EXPECT_EQ(verdict(md5_line, request("00000000"), given()), "stale");
    // What counts nothing leaves the count as it was.
    const auto without = authorize(users_of(md5_line), describe(text_of({})), given(7), start);
    EXPECT_EQ(name_of(without.decision), "granted");
    EXPECT_EQ(without.count, 7U);
}

TEST(RtspAuthorization, TheUriNamesWhatIsAskedFor) {
    // Of GStreamer and live555: the presentation's URL for a track, and for what has a slash behind it.
    for (const std::string url : {"rtsp://h:8554/file/", "rtsp://h:8554/file/trackID=0", "rtsp://h/file"}) {
        Request request = describe(text_of({}));
        request.url = url;
        EXPECT_EQ(verdict(md5_line, request), "granted") << url;
    }
    for (const std::string url : {"rtsp://h:8554/other", "rtsp://h:8554/", "rtsp://h:8554/file/b", "*"}) {
        Request request = describe(text_of({}));
        request.url = url;
        EXPECT_EQ(verdict(md5_line, request), "malformed") << url;
    }
    for (const std::string uri : {"", "*", "/file", "rtsp://h:8554/fil", "http://h:8554/file"})
        EXPECT_EQ(verdict(md5_line, describe(text_of({.uri = uri}))), "malformed") << uri;
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
        EXPECT_EQ(verdict(md5_line, describe(value)), "malformed") << value.substr(0, 200);
    Request twice = describe(text_of({}));
    twice.fields.push_back(twice.fields[0]);
    EXPECT_EQ(verdict(md5_line, twice), "granted") << "as GStreamer does";
    twice.fields.push_back({"authorization", "Basic YWxpY2U6c2VjcmV0"});
    EXPECT_EQ(verdict(md5_line, twice), "malformed");
}

} // namespace
