#include "kamaelia/file/mapped_ogg.hpp"

#include "axon/inbox.hpp"
#include "axon/testing/rig.hpp"
#include "tests/kamaelia/codec/vorbis_file.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::testing::Rig;
using kamaelia::MappedOgg;
using kamaelia::OpenError;
using Answer = std::expected<MappedOgg, std::optional<OpenError>>;

class Asker final : public axon::Component {
public:
    explicit Asker(std::string media) : media_{std::move(media)} {}
    axon::Inbox<std::string> paths{*this, "paths"};
    std::vector<Answer> answers;

private:
    axon::Task<> main() override {
        while (const auto path = co_await paths.receive())
            answers.push_back(co_await kamaelia::map_ogg(*this, media_, *path));
    }
    std::string media_;
};

class MappedOggTest : public ::testing::Test {
protected:
    // At a time by the Rig's clock.
    void write(const std::string& name, const std::string& text, axon::WallTime time = long_ago) const {
        const auto file = directory.write(name, text);
        std::filesystem::last_write_time(file, std::chrono::file_clock::from_sys(time));
    }
    Answer ask(const std::string& path) { return ask(asker, path); }
    Answer ask(Asker& who, const std::string& path) {
        rig.feed(who.paths, path);
        rig.run();
        return who.answers.back();
    }

    const kamaelia::testing::EncodedVorbis vorbis =
        kamaelia::testing::vorbis_with_cut_end(8000, 1, 0.3F, 8000);
    const std::string bytes = ogg_file(vorbis);
    static constexpr axon::WallTime long_ago{1000s};
    kamaelia::testing::TemporaryDirectory directory;
    Rig rig;
    Asker& asker = rig.add<Asker>(directory.path().string());
};

TEST_F(MappedOggTest, AFileThatStaysAsItIsIsMappedOnce) {
    write("a.ogg", bytes);
    const auto first = ask("a.ogg");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->map.length(), vorbis.granules.back());
    EXPECT_EQ(first->file.path, "a.ogg");
    EXPECT_EQ(first->file.size, bytes.size());
    EXPECT_EQ(first->file.modified, long_ago);
    EXPECT_NE(first->file.inode, 0U);
    write("a.ogg", std::string(bytes.size(), 'x')); // which nobody can see who does not read it
    const auto second = ask(rig.add<Asker>(directory.path().string()), "a.ogg");
    ASSERT_TRUE(second) << "whoever asks";
    EXPECT_EQ(second->map.length(), vorbis.granules.back());
    EXPECT_EQ(second->map.setup.data(), first->map.setup.data()) << "it is shared";
    write("a.ogg", std::string(bytes.size(), 'x'), long_ago + 1ns);
    EXPECT_FALSE(ask("a.ogg"));
}

TEST_F(MappedOggTest, AFileThatTakesTheNameOfAnotherIsMapped) {
    write("a.ogg", bytes);
    ASSERT_TRUE(ask("a.ogg"));
    write("b.ogg", std::string(bytes.size(), 'x'));
    std::filesystem::rename(directory.path() / "b.ogg", directory.path() / "a.ogg");
    EXPECT_FALSE(ask("a.ogg"));
}

TEST_F(MappedOggTest, AFileThatMayBeWrittenToIsMappedEachTime) {
    const auto now = rig.system().clock().wall();
    write("a.ogg", bytes, now - 1900ms);
    ASSERT_TRUE(ask("a.ogg"));
    write("a.ogg", std::string(bytes.size(), 'x'), now - 1900ms);
    EXPECT_FALSE(ask("a.ogg"));
}

TEST_F(MappedOggTest, SaysWhyThereIsNoMap) {
    write("no.ogg", "no Ogg");
    EXPECT_EQ(ask("no.ogg").error(), std::nullopt);
    EXPECT_EQ(ask("a.ogg").error(), OpenError::not_found);
    std::filesystem::create_directory(directory.path() / "folder");
    EXPECT_EQ(ask("folder").error(), OpenError::a_folder);
}

} // namespace
