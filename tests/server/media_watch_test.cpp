// The operator learns once that media are gone, and once that they are back.
#include "server/media_watch.hpp"

#include "axon/testing/rig.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

namespace {

using namespace std::chrono_literals;
using axon::testing::Rig;
using server::MediaWatch;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

struct MediaWatching : ::testing::Test {
    MediaWatching() {
        std::filesystem::create_directory(music);
        rig.add<MediaWatch>(std::vector{music, directory.path()});
        rig.run();
    }
    void pass(axon::Duration time) {
        rig.advance(time);
        rig.run();
    }

    kamaelia::testing::TemporaryDirectory directory;
    std::filesystem::path music = directory.path() / "music";
    Rig rig;
};

TEST_F(MediaWatching, IsSilentWhileAllIsWell) {
    pass(1h);
    EXPECT_TRUE(rig.log().empty());
}

TEST_F(MediaWatching, SaysOnceThatADirectoryIsGoneAndOnceThatItIsBack) {
    std::filesystem::remove(music);
    pass(MediaWatch::period);
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log().back().level, axon::LogLevel::warning);
    EXPECT_THAT(rig.log().back().text, HasSubstr(music.string() + ": No such file or directory"));

    pass(5 * MediaWatch::period);
    EXPECT_EQ(rig.log().size(), 1U) << "it is still gone, which is no news";

    std::filesystem::create_directory(music);
    pass(MediaWatch::period);
    ASSERT_EQ(rig.log().size(), 2U);
    EXPECT_THAT(rig.log().back().text, AllOf(HasSubstr(music.string()), EndsWith("again, after 30 s")));

    std::filesystem::remove(music);
    pass(2 * MediaWatch::period);
    EXPECT_EQ(rig.log().size(), 3U) << "another time is news again";
}

TEST_F(MediaWatching, AFileInItsPlaceIsNoDirectory) {
    std::filesystem::remove(music);
    directory.write("music", "");
    pass(MediaWatch::period);
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_THAT(rig.log().back().text, HasSubstr("Not a directory"));
}

} // namespace
