#include "kamaelia/protocol/users.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace kamaelia;

// Of "media" and "secret".
constexpr std::string_view alice_md5 = "0307e4310caaf2a0e56361d36e750e3c";
constexpr std::string_view alice_sha256 = "d2711b5e818f5a9c99cccbebe6ca179fe115c43f00fc60bf7ad5d76fddac32c5";
// Of "geheim".
constexpr std::string_view crypts[] = {
    "$y$j75$saltsalt$xzQI8Ds9w3qse/SU7AFfmsM2IV7zslaKjGzil/jkpa6",
    "$5$rounds=1000$saltsalt$TWdBOWiYhmVJkQgbrDSNb2rxBkKSiutz24Rm5ti0vID",
    "$6$rounds=1000$saltsalt$vqVEzhF1x7x2p0VCWCzOM1GGIpJ62KqdREyqdHXfkzvqLwi.vIVwX0AcTW9cDubiR4wA."
    "zOlJTle4lioqe99c1",
};

Users users_of(const std::string& text) {
    auto users = Users::parse(text);
    if (!users) {
        ADD_FAILURE() << users.error()[0].line << ": " << users.error()[0].what;
        return {};
    }
    return *users;
}

// "LINE: what is wrong", all of them.
std::string mistakes(const std::string& text) {
    const auto users = Users::parse(text);
    std::string all;
    if (!users)
        for (const UsersError& error : users.error())
            all += std::to_string(error.line) + ": " + error.what + '\n';
    return all;
}

TEST(Users, HaveAnHa1OfEachKind) {
    const Users users = users_of("# name:realm:HA1\n\n  \nalice:media:" + std::string{alice_md5} +
                                 "\r\nalice:media:" + std::string{alice_sha256} +
                                 "\nbob:media:0307E4310CAAF2A0E56361D36E750E3C");
    ASSERT_NE(users.ha1("alice", DigestAlgorithm::md5), nullptr);
    EXPECT_EQ(*users.ha1("alice", DigestAlgorithm::md5), alice_md5);
    ASSERT_NE(users.ha1("alice", DigestAlgorithm::sha256), nullptr);
    EXPECT_EQ(*users.ha1("alice", DigestAlgorithm::sha256), alice_sha256);
    ASSERT_NE(users.ha1("bob", DigestAlgorithm::md5), nullptr);
    EXPECT_EQ(*users.ha1("bob", DigestAlgorithm::md5), alice_md5);
    EXPECT_EQ(users.ha1("bob", DigestAlgorithm::sha256), nullptr);
    EXPECT_EQ(users.ha1("carol", DigestAlgorithm::md5), nullptr);
}

TEST(Users, SayWhichDigestsCanBeOffered) {
    const Users none = users_of("bob:" + std::string{crypts[0]});
    EXPECT_FALSE(none.has(DigestAlgorithm::md5));
    EXPECT_FALSE(none.has(DigestAlgorithm::sha256));
    EXPECT_TRUE(users_of("alice:media:" + std::string{alice_md5}).has(DigestAlgorithm::md5));
    EXPECT_FALSE(users_of("alice:media:" + std::string{alice_md5}).has(DigestAlgorithm::sha256));
    EXPECT_TRUE(users_of("alice:media:" + std::string{alice_sha256}).has(DigestAlgorithm::sha256));
}

TEST(Users, ArePasswordsCheckedAgainstEveryKind) {
    for (const std::string_view ha1 : {alice_md5, alice_sha256}) {
        const Users users = users_of("alice:media:" + std::string{ha1});
        EXPECT_TRUE(users.check("alice", "secret")());
        EXPECT_FALSE(users.check("alice", "Secret")());
        EXPECT_FALSE(users.check("alice", "")());
        EXPECT_FALSE(users.check("bob", "secret")());
    }
    for (const std::string_view hash : crypts) {
        const Users users = users_of("bob:" + std::string{hash} + "\nalice:media:" + std::string{alice_md5});
        EXPECT_TRUE(users.check("bob", "geheim")()) << hash;
        EXPECT_FALSE(users.check("bob", "geheim ")()) << hash;
        EXPECT_FALSE(users.check("bob", std::string{"geheim\0x", 8})()) << hash;
        EXPECT_FALSE(users.check("bob", std::string(100'000, 'x'))()) << hash;
        EXPECT_FALSE(users.check("alice", "geheim")()) << "another's password";
        EXPECT_FALSE(users.check("carol", "geheim")()) << "nobody's password";
    }
    EXPECT_FALSE(Users{}.check("", "")());
}

TEST(Users, MayHaveARealmWithColonsAndANameWithSpaces) {
    const auto users = Users::parse("alice b:a:b:c:" + std::string{alice_md5});
    ASSERT_TRUE(users.has_value());
    EXPECT_NE(users->ha1("alice b", DigestAlgorithm::md5), nullptr);
    EXPECT_EQ(users->realm(), "a:b:c");
}

TEST(Users, WithoutAnHa1AreOfTheRealmMedia) {
    EXPECT_EQ(users_of("bob:" + std::string{crypts[0]}).realm(), "media");
    EXPECT_EQ(users_of("bob:" + std::string{crypts[0]} + "\nalice:radio:" + std::string{alice_md5}).realm(),
              "radio");
}

TEST(Users, TakeLongOnlyWhereSomebodyHasAHashThatDoes) {
    const Users quick = users_of("alice:media:" + std::string{alice_md5});
    EXPECT_FALSE(quick.check("alice", "secret").is_slow());
    EXPECT_FALSE(quick.check("carol", "secret").is_slow());
    const Users mixed = users_of("bob:" + std::string{crypts[1]} + "\nalice:media:" + std::string{alice_md5});
    for (const std::string_view user : {"alice", "bob", "carol"})
        EXPECT_TRUE(mixed.check(user, "secret").is_slow()) << user;
}

TEST(Users, AreAskedWhoHasChanged) {
    const std::string alice = "alice:media:" + std::string{alice_md5} + '\n';
    const std::string bob = "bob:" + std::string{crypts[0]} + '\n';
    const auto before = users_of(alice + bob);
    using Names = std::vector<std::string>;
    EXPECT_EQ(before.changed_in(users_of("# again\n" + bob + alice + "carol:" + std::string{crypts[1]})),
              Names{});
    EXPECT_EQ(before.changed_in(users_of(alice + "bob:" + std::string{crypts[1]})), Names{"bob"});
    EXPECT_EQ(before.changed_in(users_of(alice + bob + "alice:media:" + std::string{alice_sha256})),
              Names{"alice"});
    EXPECT_EQ(before.changed_in(users_of("")), (Names{"alice", "bob"}));
}

// "LINE: how many", where some have a hash alone.
std::string doubts(const std::string& text) {
    std::string all;
    for (const auto& doubt : users_of(text).doubts())
        all += std::to_string(doubt.line) + ": " + doubt.what.substr(0, doubt.what.find(" where")) + '\n';
    return all;
}

TEST(Users, AreDoubtfulWhereTheDigestOfSomeShutsOutOthers) {
    const std::string alice = "alice:media:" + std::string{alice_md5} + '\n';
    const std::string alice_too = "alice:media:" + std::string{alice_sha256} + '\n';
    const std::string hash = ':' + std::string{crypts[0]} + '\n';
    EXPECT_EQ(doubts(alice + alice_too), "");
    EXPECT_EQ(doubts("bob" + hash + "carol" + hash), "");
    EXPECT_EQ(doubts(alice + "alice" + hash), "") << "she has both";
    EXPECT_EQ(doubts(alice + "bob" + hash), "2: a hash alone (1 user)\n");
    EXPECT_EQ(doubts("#\ncarol" + hash + "bob" + hash + alice_too),
              "2: a hash alone (2 users, this is the first)\n");
    const auto nobody = users_of("# nobody yet\n").doubts();
    ASSERT_EQ(nobody.size(), 1U);
    EXPECT_EQ(nobody[0].line, 0U);
    EXPECT_EQ(nobody[0].what, "nobody is in it, so nobody is let in");
}

TEST(Users, TellEveryMistakeOfTheFileAtOnce) {
    const std::string line = "a:media:" + std::string{alice_md5} + '\n';
    EXPECT_EQ(mistakes(line + "b\n:media:x\n\nc:radio:" + std::string{alice_md5} + "\nd:media:123\n" + line +
                       "e:geheim\nf:$x$y\ng:" + std::string{crypts[1]} + "\ng:" + std::string{crypts[1]} +
                       "\nh:\x01\ni:media:" + std::string(32, 'x') + "\nj:"),
              "2: expected name:realm:HA1 or name:HASH, the name not empty\n"
              "3: expected name:realm:HA1 or name:HASH, the name not empty\n"
              "5: another realm than before, expected one for all users\n"
              "6: expected an HA1 of 32 (MD5) or 64 (SHA-256) hexadecimal digits\n"
              "7: the second HA1 of its length for this user, expected one\n"
              "8: expected a hash of crypt(5), as '$y$...' or '$6$...'; a password itself is not taken\n"
              "9: expected a hash of crypt(5), as '$y$...' or '$6$...'; a password itself is not taken\n"
              "11: the second hash for this user, expected one\n"
              "12: a control character\n"
              "13: expected an HA1 of 32 (MD5) or 64 (SHA-256) hexadecimal digits\n"
              "14: expected a hash of crypt(5), as '$y$...' or '$6$...'; a password itself is not taken\n");
}

} // namespace
