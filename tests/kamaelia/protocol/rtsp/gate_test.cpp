// Who comes in, by whole dialogues with the server on the Rig.
#include "kamaelia/protocol/rtsp/gate.hpp"

#include "axon/cat.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "kamaelia/util/base64.hpp"
#include "kamaelia/util/digest.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::DigestAlgorithm;
using kamaelia::hex_digest;
using kamaelia::RTSPServer;
using kamaelia::rtsp::Gate;
using kamaelia::rtsp::Gatekeeper;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const std::string alice = "alice:media:0307e4310caaf2a0e56361d36e750e3c\n"; // "secret"
const std::string alice_anew = "alice:media:" + hex_digest(DigestAlgorithm::md5, "alice:media:geheim") + '\n';
const std::string bob =
    "bob:$5$rounds=1000$saltsalt$TWdBOWiYhmVJkQgbrDSNb2rxBkKSiutz24Rm5ti0vID\n"; // "geheim"
const std::string file_url = "rtsp://h/media/no.ogg";

class GateTest : public ::testing::Test {
protected:
    GateTest() {
        directory.write("no.ogg", "no Ogg: 415 for who may ask");
        write(alice + bob);
    }
    void write(const std::string& text) {
        directory.write("users", text);
        // Long ago by the Rig's clock; another time for each text.
        const std::chrono::sys_seconds time{std::chrono::seconds{++written}};
        std::filesystem::last_write_time(users, std::chrono::file_clock::from_sys(time));
    }
    RTSPServer& connect() {
        return rig.add<RTSPServer>(
            RTSPServer::Params{.media = {directory.path()}, .users = kamaelia::UsersFile{.path = users}});
    }
    void say(RTSPServer& to, const std::string& method, const std::string& url,
             const std::string& fields = "") {
        rig.feed(to.inbox, Bytes{method + ' ' + url + " RTSP/1.0\r\nCSeq: 1\r\n" + fields + "\r\n"});
    }
    std::string heard(RTSPServer& from) {
        std::string text;
        for (const auto& bytes : rig.sent(from.outbox)) text += bytes.view();
        return text;
    }
    std::string ask(const std::string& fields = "", const std::string& method = "DESCRIBE",
                    const std::string& url = file_url) {
        say(server, method, url, fields);
        rig.run();
        return heard(server);
    }
    // The answer to what is wrong comes late.
    std::string ask_wrongly(const std::string& fields) {
        EXPECT_THAT(ask(fields), IsEmpty());
        rig.advance(Gate::wrong_pause);
        return heard(server);
    }
    // What a connection of its own hears.
    std::string ask_anew(const std::string& fields) {
        auto& other = connect();
        say(other, "DESCRIBE", file_url, fields);
        rig.advance(Gate::wrong_pause);
        return heard(other);
    }
    static unsigned status(const std::string& answer) {
        return answer.starts_with("RTSP/1.0 ") ? static_cast<unsigned>(std::stoul(answer.substr(9))) : 0;
    }
    static std::string nonce_of(const std::string& answer) {
        const auto at = answer.find("nonce=\"");
        return at == answer.npos ? "" : answer.substr(at + 7, answer.find('"', at + 7) - at - 7);
    }
    static std::string basic(const std::string& user_and_password) {
        return "Authorization: Basic " + kamaelia::to_base64(user_and_password) + "\r\n";
    }
    // Alice's. With `nc` as FFmpeg does it, without as GStreamer.
    static std::string digest(const std::string& nonce, const std::string& nc = "",
                              const std::string& password = "secret",
                              const std::string& method = "DESCRIBE") {
        const auto of = [](const std::string& text) { return hex_digest(DigestAlgorithm::md5, text); };
        const auto middle = nc.empty() ? ":" : ":" + nc + ":c:auth:";
        return "Authorization: Digest username=\"alice\", realm=\"media\", nonce=\"" + nonce + "\", uri=\"" +
               file_url + "\", response=\"" +
               of(of("alice:media:" + password) + ':' + nonce + middle + of(method + ':' + file_url)) + '"' +
               (nc.empty() ? "" : ", qop=auth, cnonce=\"c\", nc=" + nc) + "\r\n";
    }
    // How many passwords have been checked in all.
    std::uint64_t checks() {
        const auto* const service = rig.scheduler().cat().find("users of " + users.string());
        const auto* const box = service ? service->owner().find_box("checked") : nullptr;
        return box ? static_cast<const axon::InboxBase*>(box)->received() : 0;
    }

    kamaelia::testing::TemporaryDirectory directory;
    const std::filesystem::path users = directory.path() / "users";
    int written = 0;
    Rig rig;
    RTSPServer& server = connect();
};

TEST_F(GateTest, TellsNothingToWhoDoesNotSayWhoHeIs) {
    const auto there = ask();
    EXPECT_EQ(status(there), 401U);
    EXPECT_THAT(there, HasSubstr("\r\nCSeq: 1\r\n"));
    EXPECT_THAT(there, HasSubstr("\r\nDate: "));
    EXPECT_THAT(there,
                HasSubstr("\r\nWWW-Authenticate: Digest realm=\"media\", nonce=\"" + nonce_of(there) +
                          "\", algorithm=MD5, qop=\"auth\"\r\nWWW-Authenticate: Basic realm=\"media\"\r\n"));
    EXPECT_THAT(there, EndsWith("\r\n\r\n"));
    EXPECT_EQ(nonce_of(there).size(), 32U);

    // The same whatever is asked for, but for the nonce.
    const auto without_nonce = [](std::string answer) {
        const auto nonce = nonce_of(answer);
        answer.erase(answer.find(nonce), nonce.size());
        return answer;
    };
    for (const std::string method : {"DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER",
                                     "SET_PARAMETER", "ANNOUNCE", "RECORD", "REDIRECT", "WHAT"})
        for (const std::string url :
             {"rtsp://h/media/no.ogg", "rtsp://h/media/nothing.ogg", "rtsp://h/../x", "*"})
            EXPECT_EQ(without_nonce(ask("Session: 1\r\nRequire: what\r\n", method, url)),
                      without_nonce(there))
                << method << ' ' << url;
}

TEST_F(GateTest, ANonceStaysUntilItIsStale) {
    const auto nonce = nonce_of(ask());
    EXPECT_EQ(nonce_of(ask()), nonce);
    EXPECT_EQ(nonce_of(ask_wrongly(digest(nonce, "", "geheim"))), nonce);
    EXPECT_EQ(status(ask(digest(nonce))), 415U);
    rig.advance(kamaelia::rtsp::nonce_lifetime + 1s);
    EXPECT_NE(nonce_of(ask()), nonce);
}

TEST_F(GateTest, OptionsAreOpen) {
    for (const auto& fields : {std::string{}, basic("alice:wrong")}) {
        const auto answer = ask(fields, "OPTIONS");
        EXPECT_EQ(status(answer), 200U);
        EXPECT_THAT(answer, HasSubstr("\r\nPublic: "));
    }
}

TEST_F(GateTest, DigestIsOfferedOnlyWhereItCanBeUsed) {
    write(bob);
    const auto answer = ask();
    EXPECT_EQ(status(answer), 401U);
    EXPECT_THAT(answer, HasSubstr("WWW-Authenticate: Basic realm=\"media\"\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("Digest")));
}

TEST_F(GateTest, LetsInByDigest) {
    const auto nonce = nonce_of(ask());
    EXPECT_EQ(status(ask(digest(nonce))), 415U);
    EXPECT_EQ(status(ask(digest(nonce))), 415U) << "as GStreamer does";
    EXPECT_EQ(status(ask(digest(nonce, "00000001"))), 415U);
    EXPECT_EQ(status(ask(digest(nonce, "00000002"))), 415U) << "as FFmpeg does";
    EXPECT_EQ(status(ask(digest(nonce, "00000003", "secret", "TEARDOWN"), "TEARDOWN")), 454U);
}

TEST_F(GateTest, LetsInByBasic) {
    EXPECT_EQ(status(ask(basic("alice:secret"))), 415U);
    EXPECT_EQ(status(ask(basic("bob:geheim"))), 415U);
}

TEST_F(GateTest, ARequestThatIsReplayedIsStale) {
    const auto nonce = nonce_of(ask());
    EXPECT_EQ(status(ask(digest(nonce, "00000001"))), 415U);
    const auto answer = ask(digest(nonce, "00000001"));
    EXPECT_EQ(status(answer), 401U);
    EXPECT_THAT(answer, HasSubstr(", stale=true\r\n"));
    EXPECT_EQ(status(ask(digest(nonce_of(answer), "00000001"))), 415U);
    EXPECT_THAT(ask(digest(nonce, "00000002")), HasSubstr(", stale=true\r\n")) << "of the nonce before";
}

TEST_F(GateTest, ANonceIsGoodForAnHour) {
    const auto nonce = nonce_of(ask());
    for (int minute = 0; minute < 60; ++minute) {
        rig.advance(1min);
        EXPECT_EQ(status(ask(digest(nonce))), 415U);
    }
    rig.advance(1s);
    const auto answer = ask(digest(nonce));
    EXPECT_EQ(status(answer), 401U);
    EXPECT_THAT(answer, HasSubstr(", stale=true\r\n"));
    EXPECT_EQ(status(ask(digest(nonce_of(answer)))), 415U);
}

TEST_F(GateTest, AnotherConnectionsNonceIsStale) {
    auto& other = connect();
    say(other, "DESCRIBE", file_url);
    rig.run();
    const auto nonce = nonce_of(heard(other));
    ASSERT_FALSE(nonce.empty());
    EXPECT_THAT(ask(digest(nonce)), HasSubstr(", stale=true\r\n"));
    EXPECT_THAT(ask(digest("made up")), HasSubstr(", stale=true\r\n"));
}

TEST_F(GateTest, WhatIsWrongIsAnsweredLateAndNotForEver) {
    const auto nonce = nonce_of(ask());
    const std::vector<std::string> tries{basic("alice:geheim"), basic("bob:secret"), basic("carol:secret"),
                                         digest(nonce, "", "geheim")};
    for (const auto& wrong : tries) {
        const auto answer = ask_wrongly(wrong);
        EXPECT_EQ(status(answer), 401U);
        EXPECT_THAT(answer, Not(HasSubstr("stale")));
        EXPECT_THAT(answer, Not(HasSubstr("Connection: close")));
        EXPECT_EQ(status(ask(basic("alice:secret"))), 415U) << "and that makes up for nothing";
    }
    EXPECT_FALSE(rig.ended(server));
    const auto last = ask_wrongly("Authorization: Basic\r\n");
    EXPECT_EQ(status(last), 400U);
    EXPECT_THAT(last, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(GateTest, TheLogNamesNobody) {
    ask_wrongly(basic("alice:verysecret"));
    ask_wrongly(basic("bob:verysecret"));
    write("alice:media:verysecret\nbob:verysecret\nalice:verysecret:0307e4310caaf2a0e56361d36e750e3c\n" +
          alice + bob + bob);
    rig.advance(Gatekeeper::look_again);
    ask();
    unsigned wrong = 0;
    for (const auto& line : rig.log()) {
        wrong += line.text.starts_with("wrong user or password") ? 1 : 0;
        for (const auto* const secret : {"alice", "bob", "secret", "0307", "$5$"})
            EXPECT_THAT(line.text, Not(HasSubstr(secret)));
    }
    EXPECT_EQ(wrong, 2U);
    EXPECT_THAT(rig.log().back().text, StartsWith("cannot use the users file: " + users.string() + ":1: "));
}

TEST_F(GateTest, AChangeOfTheFileCountsFromTheNextSecondOn) {
    EXPECT_EQ(status(ask(basic("bob:geheim"))), 415U);
    const auto nonce = nonce_of(ask());
    write(bob);
    EXPECT_EQ(status(ask(digest(nonce))), 415U) << "within the second";
    rig.advance(Gatekeeper::look_again);
    EXPECT_EQ(status(ask_anew(basic("alice:secret"))), 401U);
    EXPECT_EQ(status(ask_anew(basic("bob:geheim"))), 415U);
    write(alice);
    rig.advance(Gatekeeper::look_again);
    EXPECT_EQ(status(ask_anew(basic("bob:geheim"))), 401U) << "what was right once is forgotten";
}

TEST_F(GateTest, WhoIsNoLongerInTheFileOrHasAnotherPasswordIsGoneWithinASecond) {
    auto& bobs = connect();
    auto& stranger = connect();
    say(bobs, "DESCRIBE", file_url, basic("bob:geheim"));
    say(stranger, "DESCRIBE", file_url);
    ASSERT_EQ(status(ask(digest(nonce_of(ask())))), 415U);
    ASSERT_EQ(status(heard(bobs)), 415U);
    write(alice);
    rig.advance(Gatekeeper::look_again);
    EXPECT_TRUE(rig.ended(bobs)) << "without a word of his";
    EXPECT_FALSE(rig.ended(server));
    write(alice_anew + bob);
    rig.advance(Gatekeeper::look_again);
    EXPECT_TRUE(rig.ended(server));
    EXPECT_FALSE(rig.ended(stranger)) << "who is nobody";
}

TEST_F(GateTest, AChangeBarsNobodyWhoWasLetInAfterIt) {
    ASSERT_EQ(status(ask(basic("alice:secret"))), 415U);
    write(alice_anew);
    rig.advance(Gatekeeper::look_again / 2);
    const std::string begin = "DESCRIBE " + file_url + " RTSP/1.0\r\nCSeq: 1\r\n";
    rig.feed(server.inbox, Bytes{begin + basic("alice:secret!") + "\r\n" + // while it waits, the file is read
                                 begin + basic("alice:geheim") + "\r\n"});
    rig.advance(Gate::wrong_pause);
    EXPECT_THAT(heard(server), HasSubstr("RTSP/1.0 415 "));
    EXPECT_FALSE(rig.ended(server));
}

TEST_F(GateTest, AFileWithAMistakeChangesNothing) {
    EXPECT_EQ(status(ask(basic("alice:secret"))), 415U);
    write("alice:secret\n");
    for (int look = 0; look < 3; ++look) {
        rig.advance(Gatekeeper::look_again);
        EXPECT_EQ(status(ask(basic("alice:secret"))), 415U);
    }
    std::filesystem::remove(users);
    rig.advance(Gatekeeper::look_again);
    EXPECT_EQ(status(ask(basic("alice:secret"))), 415U);
    write(bob);
    rig.advance(Gatekeeper::look_again);
    EXPECT_EQ(status(ask_anew(basic("alice:secret"))), 401U);

    std::vector<std::string> lines;
    for (const auto& line : rig.log()) lines.push_back(line.text);
    const std::string cannot = "cannot use the users file: " + users.string();
    const std::string as_before = "; it counts as it was before";
    EXPECT_THAT(lines, ::testing::ElementsAre(
                           "has read the users file " + users.string(),
                           cannot +
                               ":1: expected a hash of crypt(5), as '$y$...' or '$6$...'; a password itself "
                               "is not taken" +
                               as_before,
                           cannot + ": No such file or directory" + as_before,
                           "has read the users file " + users.string(), "wrong user or password peer=\"\""));
}

TEST_F(GateTest, NobodyComesInBeforeThereIsAGoodFile) {
    std::filesystem::remove(users);
    const auto answer = ask(basic("alice:secret"));
    EXPECT_EQ(status(answer), 503U);
    EXPECT_THAT(answer, Not(HasSubstr("WWW-Authenticate")));
    EXPECT_THAT(rig.log().back().text, EndsWith("; nobody is let in until that changes"));
    write(alice);
    rig.advance(Gatekeeper::look_again);
    EXPECT_EQ(status(ask(basic("alice:secret"))), 415U);
}

TEST_F(GateTest, APasswordThatWasRightIsNotCheckedAgain) {
    EXPECT_EQ(status(ask(basic("bob:geheim"))), 415U);
    EXPECT_EQ(checks(), 1U);
    EXPECT_EQ(status(ask(basic("bob:geheim"))), 415U);
    auto& other = connect();
    say(other, "DESCRIBE", file_url, basic("bob:geheim"));
    rig.run();
    EXPECT_EQ(status(heard(other)), 415U);
    EXPECT_EQ(checks(), 1U);
    const auto wrong = basic("bob:secret");
    EXPECT_EQ(status(ask_wrongly(wrong)), 401U);
    EXPECT_EQ(status(ask_wrongly(wrong)), 401U);
    EXPECT_EQ(status(ask_wrongly(wrong + wrong)), 401U);
    EXPECT_EQ(checks(), 4U);
    EXPECT_EQ(status(ask(basic("bob:geheim") + basic("bob:geheim"))), 415U);
    EXPECT_EQ(checks(), 4U);
}

TEST_F(GateTest, WhatIsKnownOutlivesTheLastConnection) {
    EXPECT_EQ(status(ask(basic("bob:geheim"))), 415U);
    rig.end(server.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(server));
    EXPECT_EQ(rig.scheduler().cat().find("users of " + users.string()), nullptr);
    auto& next = connect();
    say(next, "DESCRIBE", file_url, basic("bob:geheim"));
    rig.run();
    EXPECT_EQ(status(heard(next)), 415U);
    EXPECT_EQ(checks(), 0U);
    EXPECT_EQ(rig.log().size(), 1U) << "the file was read once";
}

TEST(GateQueue, TooManyPasswordsAtOnceAreTurnedAway) {
    kamaelia::testing::TemporaryDirectory directory;
    const auto users = directory.write("users", bob);
    Rig rig{{.quota = 1000}};
    std::vector<RTSPServer*> servers;
    constexpr int many = 300;
    servers.reserve(many);
    for (int i = 0; i < many; ++i) {
        servers.push_back(&rig.add<RTSPServer>(
            RTSPServer::Params{.media = {directory.path()}, .users = kamaelia::UsersFile{.path = users}}));
        rig.feed(servers.back()->inbox,
                 Bytes{"DESCRIBE rtsp://h/media/a.ogg RTSP/1.0\r\nCSeq: 1\r\nAuthorization: Basic " +
                       kamaelia::to_base64("bob:" + std::to_string(i)) + "\r\n\r\n"});
    }
    rig.run();
    rig.advance(Gate::wrong_pause);
    int busy = 0;
    int wrong = 0;
    for (auto* const server : servers) {
        const auto sent = rig.sent(server->outbox);
        ASSERT_EQ(sent.size(), 1U);
        busy += sent[0].view().starts_with("RTSP/1.0 503 ") ? 1 : 0;
        wrong += sent[0].view().starts_with("RTSP/1.0 401 ") ? 1 : 0;
    }
    EXPECT_GT(busy, 0);
    EXPECT_GE(wrong, static_cast<int>(Gatekeeper::most_waiting));
    EXPECT_EQ(busy + wrong, many);
}

// Takes questions, and answers none.
class Silent final : public axon::Component {
public:
    axon::Inbox<kamaelia::rtsp::GateQuestion> questions{*this, "questions"};

private:
    axon::Task<> main() override {
        std::vector<kamaelia::rtsp::GateQuestion> kept;
        while (auto question = co_await questions.receive()) kept.push_back(*std::move(question));
    }
};

TEST_F(GateTest, WaitsForAnAnswerNotForEver) {
    auto& silent = rig.add<Silent>();
    rig.scheduler().cat().offer("users of " + users.string(), silent.questions);
    EXPECT_THAT(ask(), IsEmpty());
    rig.advance(Gate::patience - 1ns);
    EXPECT_THAT(heard(server), IsEmpty());
    rig.advance(1ns);
    EXPECT_EQ(status(heard(server)), 503U);
}

} // namespace
