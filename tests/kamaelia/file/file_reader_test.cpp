#include "kamaelia/file/file_reader.hpp"

#include "axon/filter.hpp"
#include "axon/testing/rig.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <optional>
#include <string>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::FileReader;

struct Range {
    std::uint64_t offset;
    std::size_t count;
};

/// Opens a file, then reads each range that it is asked for.
class Reading final : public axon::Filter<Range, std::expected<Bytes, std::error_code>> {
public:
    explicit Reading(std::filesystem::path path) : path_{std::move(path)} {}
    std::optional<std::error_code> refused;
    std::uint64_t size = 0;

private:
    axon::Task<> main() override {
        auto file = co_await FileReader::open(*this, path_);
        if (!file) {
            refused = file.error();
            co_return;
        }
        size = file->size();
        while (auto range = co_await inbox.receive())
            co_await outbox.send(co_await file->read(*this, range->offset, range->count));
    }

    std::filesystem::path path_;
};

struct FileReaderTest : testing::Test {
    kamaelia::testing::TemporaryDirectory directory;
    Rig rig;

    std::optional<std::error_code> refusal(const std::filesystem::path& path) {
        auto& reading = rig.add<Reading>(path);
        rig.run();
        return reading.refused;
    }
};

TEST_F(FileReaderTest, ReadsAnywhereInTheFile) {
    auto& reading = rig.add<Reading>(directory.write("digits", "0123456789"));
    rig.feed(reading.inbox, Range{7, 2});
    rig.feed(reading.inbox, Range{0, 4});
    rig.run();
    EXPECT_EQ(reading.size, 10U);
    const auto sent = rig.sent(reading.outbox);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0], Bytes{"78"});
    EXPECT_EQ(sent[1], Bytes{"0123"});
}

TEST_F(FileReaderTest, ReadsFewerOnlyWhereTheFileEnds) {
    auto& reading = rig.add<Reading>(directory.write("digits", "0123456789"));
    rig.feed(reading.inbox, Range{7, 100});
    rig.feed(reading.inbox, Range{10, 1});
    rig.feed(reading.inbox, Range{5, 0});
    rig.run();
    const auto sent = rig.sent(reading.outbox);
    ASSERT_EQ(sent.size(), 3U);
    EXPECT_EQ(sent[0], Bytes{"789"});
    EXPECT_EQ(sent[1], Bytes{});
    EXPECT_EQ(sent[2], Bytes{});
}

TEST_F(FileReaderTest, ReadsMoreThanItCopiesInOneTurn) {
    std::string large(FileReader::most_at_once + 1, 'a');
    large.back() = 'z';
    auto& reading = rig.add<Reading>(directory.write("large", large));
    rig.feed(reading.inbox, Range{0, large.size()});
    rig.feed(reading.inbox, Range{large.size() - 1, 1});
    rig.run();
    const auto sent = rig.sent(reading.outbox);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0], Bytes{large});
    EXPECT_EQ(sent[1], Bytes{"z"}) << "the file came back from the other thread";
}

TEST_F(FileReaderTest, KeepsTheSizeAndReadsWhatIsLeftWhenTheFileIsCut) {
    const auto path = directory.write("digits", "0123456789");
    auto& reading = rig.add<Reading>(path);
    rig.run();
    std::filesystem::resize_file(path, 5);
    rig.feed(reading.inbox, Range{3, 4});
    rig.feed(reading.inbox, Range{8, 1});
    rig.run();
    EXPECT_EQ(reading.size, 10U);
    const auto sent = rig.sent(reading.outbox);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0], Bytes{"34"});
    EXPECT_EQ(sent[1], Bytes{});
}

TEST_F(FileReaderTest, OpensRegularFilesOnly) {
    EXPECT_EQ(refusal(directory.path() / "missing"), std::errc::no_such_file_or_directory);
    EXPECT_EQ(refusal(directory.path()), std::errc::is_a_directory);
    EXPECT_EQ(refusal("/dev/zero"), std::errc::operation_not_supported);
    const auto fifo = directory.path() / "fifo";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    EXPECT_EQ(refusal(fifo), std::errc::operation_not_supported);
}

} // namespace
