// Where to point when a users file is not as it should be.
#include "server/users_check.hpp"

#include "server/components.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string alice = "alice:media:0307e4310caaf2a0e56361d36e750e3c\n";

struct UsersCheck : ::testing::Test {
    UsersCheck() { server::add_components(registry); }

    using Check = void (*)(const server::Config&, axon::Complaints&);

    // What is said of a configuration whose two servers have this users file.
    std::vector<std::string> lines(Check check) {
        const std::string text = "pipelines:\n  asks: [ RTSPServer: { users: users } ]\nservers:\n"
                                 "  one: { listen: tcp://127.0.0.1:0, protocol: asks }\n"
                                 "  two: { listen: tcp://127.0.0.1:0, protocol: [ asks, PassThrough ] }\n"
                                 "  three: { listen: tcp://127.0.0.1:0, protocol: [ RTSPServer ] }\n";
        server::ConfigSource source;
        source.file = server::ConfigFile{here + "/f.yaml", text};
        axon::Complaints complaints;
        const auto config = server::read_config(source, {}, registry, complaints);
        EXPECT_THAT(server::complaint_lines(complaints, source), IsEmpty());
        check(config, complaints);
        return server::complaint_lines(complaints, source);
    }

    kamaelia::testing::TemporaryDirectory directory;
    axon::Registry registry;
    const std::string here = directory.path().string();
    const std::string begin = here + "/f.yaml:2:32: cannot use the users file: " + here + "/users";
};

TEST_F(UsersCheck, AGoodFileIsFine) {
    directory.write("users", alice);
    EXPECT_THAT(lines(server::check_users), IsEmpty());
    EXPECT_THAT(lines(server::check_users_are_there), IsEmpty());
    EXPECT_THAT(lines(server::check_users_are_sensible), IsEmpty());
}

TEST_F(UsersCheck, PointsAtTheSettingAndAtTheLinesOfTheFile) {
    directory.write("users", "alice\n# fine\nbob:x:y\n");
    EXPECT_THAT(lines(server::check_users),
                ElementsAre(begin + ":1: expected name:realm:HA1 or name:HASH, the name not empty",
                            begin + ":3: expected an HA1 of 32 (MD5) or 64 (SHA-256) hexadecimal digits"));
    EXPECT_THAT(lines(server::check_users_are_there), IsEmpty());
}

TEST_F(UsersCheck, PointsAtTheSettingOfAFileThatIsNotThere) {
    EXPECT_THAT(lines(server::check_users_are_there), ElementsAre(begin + ": No such file or directory"));
    EXPECT_THAT(lines(server::check_users), IsEmpty());
}

TEST_F(UsersCheck, ADirectoryIsAMistakeAndNotMerelyMissing) {
    std::filesystem::create_directory(here + "/users");
    EXPECT_THAT(lines(server::check_users), ElementsAre(begin + ": a directory, expected a file"));
    EXPECT_THAT(lines(server::check_users_are_there), IsEmpty());
    EXPECT_THAT(lines(server::check_users_are_sensible), IsEmpty());
}

TEST_F(UsersCheck, AFileThatCanBeUsedMayBeDoubtful) {
    directory.write("users",
                    alice + "bob:$5$rounds=1000$saltsalt$TWdBOWiYhmVJkQgbrDSNb2rxBkKSiutz24Rm5ti0vID\n");
    EXPECT_THAT(lines(server::check_users), IsEmpty());
    EXPECT_THAT(lines(server::check_users_are_sensible),
                ElementsAre(StartsWith(here + "/f.yaml:2:32: doubtful users file: " + here +
                                       "/users:2: a hash alone (1 user) where others have an HA1: ")));
    directory.write("users", "# nobody yet\n");
    EXPECT_THAT(lines(server::check_users), IsEmpty());
    EXPECT_THAT(lines(server::check_users_are_sensible),
                ElementsAre(here + "/f.yaml:2:32: doubtful users file: " + here +
                            "/users: nobody is in it, so nobody is let in"));
}

TEST_F(UsersCheck, DoesNotTellEachLineOfAnotherKindOfFile) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "x\n";
    directory.write("users", text);
    const auto said = lines(server::check_users);
    ASSERT_THAT(said, SizeIs(21));
    EXPECT_EQ(said.back(), begin + ": and 80 more mistakes");
}

} // namespace
