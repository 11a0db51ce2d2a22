// MediaIndex on the Rig: asked by components that come and go.
#include "kamaelia/file/media_index.hpp"

#include "axon/cat.hpp"
#include "axon/sleep.hpp"
#include "axon/testing/rig.hpp"
#include "tests/kamaelia/codec/ogg_builder.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace kamaelia;
using namespace std::chrono_literals;
using axon::testing::Rig;
using kamaelia::testing::TemporaryDirectory;
using kamaelia::testing::vorbis_file;
using ::testing::ElementsAre;

bool is_ogg(std::string_view name) { return name.ends_with(".ogg"); }

// Asks when it is told to, and keeps what it hears.
class Reader final : public axon::Component {
public:
    Reader(const std::filesystem::path& media, FolderRequest request)
        : media_{media.string()}, request_{std::move(request)} {
        request_.wanted = &is_ogg;
    }
    axon::Inbox<int> ask{*this, "ask"};
    std::vector<FolderReply> heard;

private:
    axon::Task<> main() override {
        axon::Outbox<FolderRequest> requests{*this, "requests"};
        axon::Inbox<FolderReply> replies{*this, "replies"};
        MediaIndex::link(*this, requests, media_);
        while (co_await ask.receive()) {
            FolderRequest request{request_.path, request_.deep, request_.wanted, request_.only,
                                  axon::Sender<FolderReply>{replies}};
            co_await requests.send(std::move(request));
            if (auto reply = co_await replies.receive()) heard.push_back(std::move(*reply));
        }
    }

    std::string media_;
    FolderRequest request_;
};

struct MediaIndexTest : ::testing::Test {
    MediaIndexTest() {
        directory.write("a.ogg", vorbis_file({"TITLE=A"}, 44));
        directory.write("notes.txt", "");
        directory.write("folder/b.ogg", vorbis_file({"TITLE=B", "ARTIST=Someone"}, 44));
        directory.write("folder/c.ogg", "no Ogg at all");
    }
    Reader& reader(FolderRequest request) { return rig.add<Reader>(directory.path(), std::move(request)); }
    const Folder& ask(Reader& reader) {
        rig.feed(reader.ask, 1);
        rig.run();
        return reader.heard.back().value();
    }
    std::vector<std::string> titles(const Folder& folder) {
        std::vector<std::string> all;
        all.reserve(folder.tracks.size());
        for (const auto& track : folder.tracks)
            all.push_back(track.file.path + '=' + (track.info ? track.info->title : "?"));
        return all;
    }
    bool is_there() {
        return rig.scheduler().cat().find("media index of " + directory.path().string()) != nullptr;
    }

    TemporaryDirectory directory;
    Rig rig;
};

TEST_F(MediaIndexTest, TellsWhatIsInAFolderAndWhatFilesSayOfThemselves) {
    auto& root = ask(reader({}));
    EXPECT_THAT(titles(root), ElementsAre("a.ogg=A"));
    EXPECT_THAT(root.folders, ElementsAre("folder"));
    EXPECT_EQ(root.tracks[0].info->duration, std::chrono::milliseconds{440'000 * 1000 / 44100});
    EXPECT_THAT(titles(ask(reader({.path = "folder"}))), ElementsAre("folder/b.ogg=B", "folder/c.ogg="));
    auto& all = ask(reader({.deep = true}));
    EXPECT_THAT(titles(all), ElementsAre("a.ogg=A", "folder/b.ogg=B", "folder/c.ogg="));
    EXPECT_TRUE(all.folders.empty());
    EXPECT_FALSE(all.truncated);
    EXPECT_THAT(titles(ask(reader({.path = "folder", .only = "folder/b.ogg"}))),
                ElementsAre("folder/b.ogg=B"));
}

TEST_F(MediaIndexTest, SaysWhyThereIsNothing) {
    auto& lost = reader({.path = "none"});
    rig.feed(lost.ask, 1);
    rig.run();
    EXPECT_EQ(lost.heard.at(0).error(), OpenError::not_found);
    auto& homeless = rig.add<Reader>(directory.path() / "none", FolderRequest{});
    rig.feed(homeless.ask, 1);
    rig.run();
    EXPECT_EQ(homeless.heard.at(0).error(), OpenError::failed);
}

TEST_F(MediaIndexTest, ReadsAFileAgainOnlyWhenItHasChanged) {
    auto& root = reader({});
    const auto before = std::filesystem::last_write_time(directory.path() / "a.ogg");
    (void)ask(root);
    // The same size and time: it is not looked into.
    directory.write("a.ogg", vorbis_file({"TITLE=Z"}, 44));
    std::filesystem::last_write_time(directory.path() / "a.ogg", before);
    EXPECT_THAT(titles(ask(root)), ElementsAre("a.ogg=A"));
    std::filesystem::last_write_time(directory.path() / "a.ogg", before + 1s);
    EXPECT_THAT(titles(ask(root)), ElementsAre("a.ogg=Z"));
}

TEST_F(MediaIndexTest, LooksAgainIntoAFileThatCouldNotBeRead) {
    for (int i = 100; i < 200; ++i)
        directory.write("many/" + std::to_string(i) + ".ogg", vorbis_file({"TITLE=T"}, 1));
    const auto last = directory.path() / "many/199.ogg";
    const auto aside = directory.path() / "aside";
    auto& many = reader({.path = "many"});
    rig.feed(many.ask, 1);
    while (many.heard.empty() && !is_there()) rig.step();
    for (int turn = 0; turn < 10; ++turn) rig.step(); // it has been listed, and is not yet read
    std::filesystem::rename(last, aside);
    rig.run();
    EXPECT_EQ(many.heard.at(0)->tracks.at(99).info->title, "");
    std::filesystem::rename(aside, last);
    EXPECT_EQ(ask(many).tracks.at(99).info->title, "T");
}

TEST_F(MediaIndexTest, IsMadeByTheFirstFoundByOthersAndGoneAfterTheLast) {
    EXPECT_FALSE(is_there());
    auto& first = reader({});
    (void)ask(first);
    const auto live = rig.scheduler().live();
    auto& second = reader({});
    (void)ask(second);
    EXPECT_EQ(rig.scheduler().live(), live + 1) << "the reader alone";
    rig.end(first.ask);
    rig.run();
    EXPECT_TRUE(is_there());
    rig.end(second.ask);
    rig.run();
    EXPECT_FALSE(is_there());
}

TEST_F(MediaIndexTest, LeavesWhatItKnowsToTheNext) {
    const auto before = std::filesystem::last_write_time(directory.path() / "a.ogg");
    auto& first = reader({});
    (void)ask(first);
    rig.end(first.ask);
    rig.run();
    ASSERT_FALSE(is_there());
    directory.write("a.ogg", vorbis_file({"TITLE=Z"}, 44));
    std::filesystem::last_write_time(directory.path() / "a.ogg", before);
    EXPECT_THAT(titles(ask(reader({}))), ElementsAre("a.ogg=A"));
}

// Asks twice, an hour apart.
class Patron final : public axon::Component {
public:
    Patron(std::string media, std::vector<FolderReply>& heard) : media_{std::move(media)}, heard_{heard} {}

private:
    axon::Task<> main() override {
        axon::Outbox<FolderRequest> requests{*this, "requests"};
        axon::Inbox<FolderReply> replies{*this, "replies"};
        MediaIndex::link(*this, requests, media_);
        for (int i = 0; i < 2; ++i) {
            co_await requests.send(
                FolderRequest{"many", false, &is_ogg, "", axon::Sender<FolderReply>{replies}});
            heard_.push_back(std::move(*co_await replies.receive()));
            co_await sleep_for(1h);
        }
    }

    std::string media_;
    std::vector<FolderReply>& heard_;
};

std::size_t known(const FolderReply& folder) {
    return static_cast<std::size_t>(
        std::ranges::count_if(folder->tracks, [](const Track& track) { return track.info.has_value(); }));
}

TEST_F(MediaIndexTest, AnswersInTimeWithWhatItKnowsAndReadsOn) {
    for (int i = 100; i < 200; ++i)
        directory.write("many/" + std::to_string(i) + ".ogg", vorbis_file({"TITLE=T"}, 1));
    axon::testing::VirtualClock clock;
    axon::testing::KeptLog log; // of turns that take long
    axon::System system{{.clock = &clock, .log = &log, .offload_threads = 0}};
    std::vector<FolderReply> heard;
    system.spawn<Patron>(directory.path().string(), heard);
    // Each few files take 100 ms.
    for (int turn = 0; turn < 100'000 && heard.size() < 2; ++turn) {
        system.scheduler().poll();
        system.scheduler().pass();
        clock.set(clock.now() + 100ms);
    }
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0]->tracks.size(), 100U);
    EXPECT_LT(known(heard[0]), 50U);
    EXPECT_EQ(known(heard[1]), 100U);
    system.stop_all();
    while (system.scheduler().pass()) {
    }
}

TEST_F(MediaIndexTest, ASmallFolderDoesNotWaitBehindALargeOne) {
    for (int i = 100; i < 200; ++i)
        directory.write("many/" + std::to_string(i) + ".ogg", vorbis_file({"TITLE=T"}, 1));
    auto& many = reader({.path = "many"});
    auto& few = reader({.path = "folder"});
    rig.feed(many.ask, 1);
    rig.feed(few.ask, 1);
    for (int turn = 0; turn < 10'000 && few.heard.empty(); ++turn) rig.step();
    ASSERT_EQ(few.heard.size(), 1U);
    EXPECT_TRUE(many.heard.empty());
    rig.run();
    EXPECT_EQ(many.heard.size(), 1U);
}

TEST_F(MediaIndexTest, ReadsFilesThoughThereIsAlwaysSomebodyWhoAsks) {
    for (int i = 100; i < 200; ++i)
        directory.write("many/" + std::to_string(i) + ".ogg", vorbis_file({"TITLE=T"}, 1));
    std::array busy{&reader({.path = "folder"}), &reader({.path = "folder"}), &reader({.path = "folder"})};
    for (auto* each : busy) (void)ask(*each);
    auto& many = reader({.path = "many"});
    rig.feed(many.ask, 1);
    for (int turn = 0; turn < 10'000 && many.heard.empty(); ++turn) {
        for (auto* each : busy) {
            if (!each->heard.empty()) rig.feed(each->ask, 1);
            each->heard.clear();
        }
        rig.step();
    }
    ASSERT_EQ(many.heard.size(), 1U);
    EXPECT_EQ(known(many.heard[0]), 100U);
}

TEST_F(MediaIndexTest, TwoWhoAskForTheSameBothGetIt) {
    for (int i = 100; i < 150; ++i)
        directory.write("many/" + std::to_string(i) + ".ogg", vorbis_file({"TITLE=T"}, 1));
    auto& one = reader({.path = "many"});
    auto& two = reader({.path = "many"});
    rig.feed(one.ask, 1);
    rig.feed(two.ask, 1);
    rig.run();
    ASSERT_EQ(one.heard.size(), 1U);
    ASSERT_EQ(two.heard.size(), 1U);
    EXPECT_EQ(known(one.heard[0]), 50U);
    EXPECT_EQ(known(two.heard[0]), 50U);
}

TEST_F(MediaIndexTest, WhoGoesBeforeTheAnswerIsForgotten) {
    auto& gone = reader({});
    rig.feed(gone.ask, 1);
    rig.step();
    rig.stop(gone);
    rig.run();
    EXPECT_FALSE(is_there());
}

} // namespace
