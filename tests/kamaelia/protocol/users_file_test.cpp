#include "kamaelia/protocol/users_file.hpp"

#include "kamaelia/internet/listening_socket.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <string>

namespace {

using namespace kamaelia;
using namespace std::chrono_literals;

const std::string alice = "alice:media:0307e4310caaf2a0e56361d36e750e3c\n";
const std::string bob = "bobby:media:0307e4310caaf2a0e56361d36e750e3c\n"; // as long as alice's

struct UsersFileTest : ::testing::Test {
    std::filesystem::path write(const std::string& text, std::chrono::seconds written) {
        auto path = directory.write("users", text);
        std::filesystem::last_write_time(
            path, std::chrono::file_clock::from_sys(std::chrono::sys_seconds{written}));
        return path;
    }
    static bool refused(const std::filesystem::path& path) {
        const auto read = read_users(path, {}, axon::WallTime{100s});
        return read && read->refused;
    }
    static std::string mistake(const std::filesystem::path& path) {
        const auto read = read_users(path, {}, axon::WallTime{100s});
        return read && !read->users ? to_string(read->users.error().front(), path) : "";
    }

    kamaelia::testing::TemporaryDirectory directory;
};

TEST_F(UsersFileTest, IsReadOnceUntilItChanges) {
    const auto path = write(alice, 10s);
    const auto first = read_users(path, {}, axon::WallTime{100s});
    ASSERT_TRUE(first && first->users);
    EXPECT_NE(first->users->ha1("alice", DigestAlgorithm::md5), nullptr);
    EXPECT_FALSE(read_users(path, first->stamp, axon::WallTime{101s}));

    write(bob, 20s);
    const auto second = read_users(path, first->stamp, axon::WallTime{102s});
    ASSERT_TRUE(second && second->users);
    EXPECT_NE(second->users->ha1("bobby", DigestAlgorithm::md5), nullptr);
    EXPECT_FALSE(read_users(path, second->stamp, axon::WallTime{103s}));
}

// Within one tick of a file system's clock two states of a file look alike.
TEST_F(UsersFileTest, IsReadAgainWhileWritingMayGoUnseen) {
    const auto path = write(alice, 100s);
    const auto first = read_users(path, {}, axon::WallTime{101s});
    write(bob, 100s);
    const auto second = read_users(path, first->stamp, axon::WallTime{102s});
    ASSERT_TRUE(second && second->users);
    EXPECT_NE(second->users->ha1("bobby", DigestAlgorithm::md5), nullptr);
    EXPECT_FALSE(read_users(path, second->stamp, axon::WallTime{102s + 1ns}));
}

TEST_F(UsersFileTest, TellsWhatTheSystemRefuses) {
    const auto path = directory.path() / "nope";
    EXPECT_EQ(mistake(path), path.string() + ": No such file or directory");
    EXPECT_TRUE(refused(path));
}

TEST_F(UsersFileTest, TellsWhatCanBeNoUsersFile) {
    const auto here = directory.path();
    EXPECT_EQ(mistake(here), here.string() + ": a directory, expected a file");
    ASSERT_EQ(::mkfifo((here / "fifo").c_str(), 0600), 0);
    EXPECT_EQ(mistake(here / "fifo"), (here / "fifo").string() + ": not a regular file");
    const auto large = write("", 10s);
    std::filesystem::resize_file(large, largest_users_file + 1);
    EXPECT_EQ(mistake(large), large.string() + ": larger than 16 MiB, the most that a users file may be");
    const kamaelia::ListeningSocket socket{Address::unix_path((here / "socket").string()).value()};
    EXPECT_EQ(mistake(here / "socket"), (here / "socket").string() + ": not a regular file");
    for (const auto& path : {here, here / "fifo", large, here / "socket"}) EXPECT_FALSE(refused(path));
}

TEST_F(UsersFileTest, TellsTheLineOfAMistake) {
    const auto path = write("# users\nalice:secret\n", 10s);
    EXPECT_THAT(mistake(path), ::testing::StartsWith(path.string() + ":2: expected a hash of crypt(5)"));
    const auto read = read_users(path, {}, axon::WallTime{100s});
    EXPECT_FALSE(read_users(path, read->stamp, axon::WallTime{101s})) << "nor is it read again";
}

TEST_F(UsersFileTest, IsAParameterBesideTheConfiguration) {
    const auto setting = axon::Setting::scalar("users", {.line = 3, .column = 7});
    axon::Complaints complaints;
    auto file = axon::read_setting<UsersFile>(setting, "users", complaints);
    ASSERT_TRUE(file);
    axon::settle(*file, {.media = "/media", .config_directory = "/etc/kamaelia"});
    EXPECT_EQ(file->path, "/etc/kamaelia/users");
    EXPECT_EQ(file->where, (axon::Where{.line = 3, .column = 7}));
    EXPECT_EQ(*file, (UsersFile{.path = "/etc/kamaelia/users"}));
    EXPECT_FALSE(*file == UsersFile{.path = "/etc/kamaelia/others"});

    EXPECT_FALSE(axon::read_setting<UsersFile>(axon::Setting::list({}, {}), "users", complaints));
    ASSERT_EQ(complaints.list().size(), 1U);
    EXPECT_EQ(complaints.list()[0].text, "users: expected a file name, found a list");
}

} // namespace
