// How ReadFileAdaptor cuts a file into messages, how it fails, and how it ends.
#include "kamaelia/file/read_file_adaptor.hpp"

#include "axon/pipeline.hpp"
#include "axon/registry.hpp"
#include "axon/testing/rig.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>

#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::ReadFileAdaptor;
using kamaelia::ReadMode;
using Strings = std::vector<std::string>;

int open_descriptors() {
    int open = 0;
    for (int fd = 0; fd < 1024; ++fd) open += ::fcntl(fd, F_GETFD) != -1 ? 1 : 0;
    return open;
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

struct ReadFileAdaptorTest : testing::Test {
    kamaelia::testing::TemporaryDirectory directory;
    const int open_before = open_descriptors();
    Rig rig;

    ReadFileAdaptor& add(std::string_view content, ReadFileAdaptor::Params params) {
        params.filename.path = directory.write("file", content);
        return rig.add<ReadFileAdaptor>(params);
    }
    Strings sent(const ReadFileAdaptor& reader) {
        Strings texts;
        for (const auto& message : rig.sent(reader.outbox)) texts.emplace_back(message.view());
        return texts;
    }
    Strings all_of(std::string_view content, ReadFileAdaptor::Params params) {
        auto& reader = add(content, std::move(params));
        rig.run();
        EXPECT_TRUE(rig.ended(reader));
        EXPECT_TRUE(rig.closed(reader.outbox));
        EXPECT_TRUE(rig.log().empty());
        EXPECT_EQ(open_descriptors(), open_before);
        return sent(reader);
    }
    void expect_failure(const ReadFileAdaptor& reader, const std::string& text) {
        EXPECT_TRUE(rig.ended(reader));
        EXPECT_EQ(rig.scheduler().failures(), 1U);
        ASSERT_EQ(rig.log().size(), 1U);
        EXPECT_THAT(rig.log()[0].text, testing::HasSubstr(text));
        EXPECT_EQ(open_descriptors(), open_before);
    }
};

TEST_F(ReadFileAdaptorTest, SendsChunksOfOneSizeAndTheRest) {
    EXPECT_EQ(all_of("0123456789", {.chunk = {4}}), (Strings{"0123", "4567", "89"}));
}

TEST_F(ReadFileAdaptorTest, SendsNoEmptyChunkAtTheEnd) {
    EXPECT_EQ(all_of("01234567", {.chunk = {4}}), (Strings{"0123", "4567"}));
}

TEST_F(ReadFileAdaptorTest, SendsALineAMessage) {
    EXPECT_EQ(all_of("one\ntwo\r\n\nthree\n", {.readmode = ReadMode::line}),
              (Strings{"one\n", "two\r\n", "\n", "three\n"}));
}

TEST_F(ReadFileAdaptorTest, SendsTheLastLineWithoutItsNewline) {
    EXPECT_EQ(all_of("one\ntwo", {.readmode = ReadMode::line}), (Strings{"one\n", "two"}));
    EXPECT_EQ(all_of("x", {.readmode = ReadMode::line}), (Strings{"x"}));
}

TEST_F(ReadFileAdaptorTest, CutsLongLinesIntoPieces) {
    EXPECT_EQ(all_of("abc\nabcd\nabcdefghijk\nx", {.readmode = ReadMode::line, .chunk = {4}}),
              (Strings{"abc\n", "abcd", "\n", "abcd", "efgh", "ijk\n", "x"}));
}

TEST_F(ReadFileAdaptorTest, SendsWholeLinesWhereverTheReadsEnd) {
    for (const std::size_t length : {1U, 100U, 5'461U, 9'000U, 16'384U}) {
        const auto line = std::string(length - 1, 'x') + "\n";
        const auto lines = all_of(repeated(line, 20), {.readmode = ReadMode::line});
        EXPECT_EQ(lines, Strings(20, line)) << length;
    }
}

TEST_F(ReadFileAdaptorTest, SendsTheWholeFileAsOneMessage) {
    const std::string large(3'000'000, 'x');
    EXPECT_EQ(all_of(large, {.readmode = ReadMode::whole}), Strings{large});
}

TEST_F(ReadFileAdaptorTest, RefusesToSendAWholeFileThatIsTooLarge) {
    auto& reader = add("", {.readmode = ReadMode::whole});
    std::filesystem::resize_file(directory.path() / "file", ReadFileAdaptor::largest_whole + 1);
    rig.run();
    EXPECT_EQ(sent(reader), Strings{});
    expect_failure(reader, "64 MiB");
}

TEST_F(ReadFileAdaptorTest, SendsNothingOfAnEmptyFileAndEnds) {
    for (const auto mode : {ReadMode::bitrate, ReadMode::line, ReadMode::chunk, ReadMode::whole}) {
        EXPECT_EQ(all_of("", {.readmode = mode}), Strings{});
        EXPECT_EQ(all_of("", {.readmode = mode, .loop = true}), Strings{});
    }
}

/// Takes a few messages, then ends.
class TakeFew final : public axon::Sink<Bytes> {
public:
    explicit TakeFew(std::size_t count) : count_{count} {}
    Strings taken;

private:
    axon::Task<> main() override {
        while (taken.size() < count_) taken.emplace_back((co_await inbox.receive())->view());
    }
    std::size_t count_;
};

TEST_F(ReadFileAdaptorTest, BeginsAgainAtTheEndWhenItLoops) {
    const auto first_of_loop = [&](ReadFileAdaptor::Params params, std::size_t count) {
        params.loop = true;
        auto& reader = add("ab\ncd\ne", params);
        auto& few = rig.add<TakeFew>(count);
        link(reader.outbox, few.inbox);
        for (int i = 0; i < 1000 && !rig.ended(few); ++i) rig.step();
        EXPECT_TRUE(rig.ended(few));
        EXPECT_FALSE(rig.ended(reader));
        rig.stop(reader);
        return few.taken;
    };
    EXPECT_EQ(first_of_loop({.chunk = {4}}, 4), (Strings{"ab\nc", "d\ne", "ab\nc", "d\ne"}));
    EXPECT_EQ(first_of_loop({.readmode = ReadMode::line}, 5), (Strings{"ab\n", "cd\n", "e", "ab\n", "cd\n"}));
    EXPECT_EQ(first_of_loop({.readmode = ReadMode::whole}, 2), (Strings{"ab\ncd\ne", "ab\ncd\ne"}));
}

TEST_F(ReadFileAdaptorTest, FailsNamingAFileThatIsNotThere) {
    const auto path = directory.path() / "missing.ogg";
    auto& reader = rig.add<ReadFileAdaptor>(ReadFileAdaptor::Params{.filename = {path}});
    rig.run();
    expect_failure(reader, path.string() + ": No such file");
}

TEST_F(ReadFileAdaptorTest, FailsOnADirectory) {
    auto& reader = rig.add<ReadFileAdaptor>(ReadFileAdaptor::Params{.filename = {directory.path()}});
    rig.run();
    expect_failure(reader, directory.path().string() + ": Is a directory");
}

TEST_F(ReadFileAdaptorTest, FailsWhenTheFileBecomesShorter) {
    auto& reader = add(std::string(200'000, 'x'), {.readmode = ReadMode::bitrate, .bitrate = {800'000}});
    rig.advance(1s);
    EXPECT_EQ(sent(reader).size(), 10U);
    std::filesystem::resize_file(directory.path() / "file", 103'000);
    rig.advance(1s);
    EXPECT_EQ(sent(reader), Strings{}) << "what is left is not what it promised";
    expect_failure(reader, "became shorter");
}

TEST_F(ReadFileAdaptorTest, SendsTheFileAsLongAsItWasWhenOpened) {
    auto& reader = add("0123", {.readmode = ReadMode::bitrate, .bitrate = {8'000}});
    rig.run();
    directory.write("file", "0123456789");
    rig.advance(1s);
    EXPECT_EQ(sent(reader), Strings{"0123"});
    EXPECT_TRUE(rig.ended(reader));
}

TEST_F(ReadFileAdaptorTest, EndsWhenShutDownInItsSleep) {
    auto& reader = add(std::string(200'000, 'x'), {.readmode = ReadMode::bitrate, .bitrate = {8'000}});
    rig.advance(1s);
    ASSERT_FALSE(rig.ended(reader));
    rig.shut_down(reader);
    rig.run();
    EXPECT_TRUE(rig.ended(reader));
    EXPECT_EQ(open_descriptors(), open_before);
    EXPECT_FALSE(rig.scheduler().next_timer()) << "no timer is left";
}

TEST_F(ReadFileAdaptorTest, LeavesNothingWhenStoppedWhileTheFileIsOpened) {
    auto& reader = add("content", {});
    rig.step();
    ASSERT_FALSE(rig.scheduler().idle()) << "the open file is on its way to the component";
    ASSERT_EQ(open_descriptors(), open_before + 1);
    rig.stop(reader);
    rig.run();
    EXPECT_TRUE(rig.ended(reader));
    EXPECT_EQ(open_descriptors(), open_before);
    EXPECT_EQ(sent(reader), Strings{});
}

TEST_F(ReadFileAdaptorTest, LeavesNothingWhenStoppedWhileTheFileIsReadElsewhere) {
    auto& reader = add(std::string(3'000'000, 'x'), {.readmode = ReadMode::whole});
    rig.step();
    rig.step();
    ASSERT_FALSE(rig.scheduler().idle()) << "what was read is on its way to the component";
    rig.stop(reader);
    EXPECT_EQ(open_descriptors(), open_before + 1) << "the job has the file";
    rig.run();
    EXPECT_TRUE(rig.ended(reader));
    EXPECT_EQ(open_descriptors(), open_before);
    EXPECT_EQ(sent(reader), Strings{});
}

TEST_F(ReadFileAdaptorTest, ReadsOnOtherThreadsInARealSystem) {
    struct Count final : axon::Sink<Bytes> {
        explicit Count(std::size_t& total) : bytes{total} {}
        axon::Task<> main() override {
            while (auto data = co_await inbox.receive()) bytes += data->size();
        }
        std::size_t& bytes;
    };
    const auto path = directory.write("file", std::string(3'000'000, 'x'));
    axon::testing::KeptLog log;
    axon::SystemOptions options;
    options.log = &log;
    axon::System system{options};
    std::size_t chunks = 0;
    std::size_t whole = 0;
    const auto spawn = [&](ReadMode mode, std::size_t& total) {
        system.adopt(axon::pipeline(
            std::make_unique<ReadFileAdaptor>(ReadFileAdaptor::Params{.filename = {path}, .readmode = mode}),
            std::make_unique<Count>(total)));
    };
    spawn(ReadMode::chunk, chunks);
    spawn(ReadMode::whole, whole);
    system.run();
    EXPECT_EQ(chunks, 3'000'000U);
    EXPECT_EQ(whole, 3'000'000U);
}

TEST(ReadFileAdaptorParams, AreDescribed) {
    const auto kind = axon::Kind::of<ReadFileAdaptor>("ReadFileAdaptor", ReadFileAdaptor::summary);
    Strings lines;
    for (const auto& field : kind.fields())
        lines.push_back(field.name + "=" + field.default_text + " (" + field.limits + ")");
    EXPECT_EQ(lines, (Strings{"filename= ()", "readmode=chunk (bitrate, line, chunk, whole)",
                              "bitrate=128k (1k to 1G)", "chunk=16KiB (1B to 1MiB)", "loop=no ()"}));
}

} // namespace
