// When ReadFileAdaptor sends what: at a bit rate, counted from the start.
#include "kamaelia/file/read_file_adaptor.hpp"

#include "axon/sleep.hpp"
#include "axon/testing/rig.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::Duration;
using axon::testing::Rig;
using kamaelia::ReadFileAdaptor;
using kamaelia::ReadMode;

/// Notes when how much came. Once, at a given message, it looks away for a while.
class Meter final : public axon::Sink<Bytes> {
public:
    struct Arrival {
        Duration at; ///< since the first turn
        std::size_t bytes;
        std::uint64_t total;
    };
    Meter(std::size_t stall_at, Duration stall) : stall_at_{stall_at}, stall_{stall} {
        inbox.set_options({.capacity = 1});
    }
    std::vector<Arrival> arrivals;

private:
    axon::Task<> main() override {
        const auto start = now();
        std::uint64_t total = 0;
        while (auto data = co_await inbox.receive()) {
            total += data->size();
            arrivals.push_back({now() - start, data->size(), total});
            if (arrivals.size() == stall_at_) co_await sleep_for(stall_);
        }
    }

    std::size_t stall_at_;
    Duration stall_;
};

struct ReadFileAdaptorPacing : testing::Test {
    kamaelia::testing::TemporaryDirectory directory;
    std::filesystem::path path = directory.write("file", "");
    Rig rig;
    ReadFileAdaptor* reader = nullptr;
    Meter* meter = nullptr;

    void start(std::uint64_t size, ReadFileAdaptor::Params params, std::size_t stall_at = 0,
               Duration stall = 0s) {
        std::filesystem::resize_file(path, size);
        params.filename.path = path;
        params.readmode = ReadMode::bitrate;
        reader = &rig.add<ReadFileAdaptor>(params);
        meter = &rig.add<Meter>(stall_at, stall);
        link(reader->outbox, meter->inbox);
    }
    const std::vector<Meter::Arrival>& arrivals() const { return meter->arrivals; }
    void expect_never_early(std::uint64_t bits_per_second) const {
        for (const auto& arrival : arrivals()) {
            const auto seconds = std::chrono::duration<long double>{arrival.at}.count();
            ASSERT_LE(static_cast<long double>(arrival.total) * 8, seconds * bits_per_second + 1e-3L)
                << "after " << seconds << " s";
        }
    }
    std::size_t largest() const { return std::ranges::max(arrivals(), {}, &Meter::Arrival::bytes).bytes; }
    Duration longest_gap() const {
        Duration longest = arrivals().front().at;
        for (std::size_t i = 1; i < arrivals().size(); ++i)
            longest = std::max(longest, arrivals()[i].at - arrivals()[i - 1].at);
        return longest;
    }
};

TEST_F(ReadFileAdaptorPacing, EndsATenMinuteFileWhenItIsDue) {
    start(30'000'000, {.bitrate = {400'000}});
    rig.advance(11min);
    ASSERT_TRUE(rig.ended(*reader));
    EXPECT_EQ(arrivals().back().total, 30'000'000U);
    EXPECT_GE(arrivals().back().at, 10min);
    EXPECT_LE(arrivals().back().at, 10min + 50ms);
    expect_never_early(400'000);
    EXPECT_EQ(largest(), 5'000U) << "a tenth of a second";
    EXPECT_EQ(arrivals().size(), 6'000U);
    EXPECT_LE(longest_gap(), 101ms);
}

TEST_F(ReadFileAdaptorPacing, DoesNotDriftAtARateThatDividesNothing) {
    start(3'000'000, {.bitrate = {333'337}});
    rig.advance(2min);
    ASSERT_TRUE(rig.ended(*reader));
    expect_never_early(333'337);
    const auto due = std::chrono::duration<double>{3'000'000 * 8 / 333'337.0};
    EXPECT_LE(arrivals().back().at, due + 1ms);
}

TEST_F(ReadFileAdaptorPacing, SendsTheLastBytesWhenTheyAreDueAndNotATenthOfASecondLater) {
    start(10'010, {.bitrate = {80'000}}); // ten bytes: a millisecond after the last full message
    rig.advance(2s);
    ASSERT_TRUE(rig.ended(*reader));
    EXPECT_EQ(arrivals().back().at, 1'001ms);
    EXPECT_EQ(arrivals().back().bytes, 10U);
}

TEST_F(ReadFileAdaptorPacing, SendsNoMessageLargerThanTheChunk) {
    start(100'000, {.bitrate = {400'000}, .chunk = {700}});
    rig.advance(3s);
    ASSERT_TRUE(rig.ended(*reader));
    expect_never_early(400'000);
    EXPECT_EQ(largest(), 700U);
    EXPECT_EQ(arrivals().back().total, 100'000U);
}

TEST_F(ReadFileAdaptorPacing, SendsNoTinyMessagesAtALowRate) {
    start(2'560, {.bitrate = {1'000}});
    rig.advance(30s);
    ASSERT_TRUE(rig.ended(*reader));
    expect_never_early(1'000);
    EXPECT_EQ(arrivals().size(), 10U);
    EXPECT_EQ(arrivals().back().at, 20'480ms);
}

TEST_F(ReadFileAdaptorPacing, KeepsUpWithTheHighestRate) {
    start(50'000'000, {.bitrate = {1'000'000'000}});
    rig.advance(1s);
    ASSERT_TRUE(rig.ended(*reader));
    expect_never_early(1'000'000'000);
    EXPECT_LE(arrivals().back().at, 400ms + 1ms);
}

TEST_F(ReadFileAdaptorPacing, CatchesUpAfterASlowReceiverWithWhatIsDueAndNoMore) {
    start(1'000'000, {.bitrate = {400'000}}, 20, 5s);
    rig.advance(30s);
    ASSERT_TRUE(rig.ended(*reader));
    expect_never_early(400'000);
    const auto& after = *std::ranges::find_if(arrivals(), [](const auto& a) { return a.at > 7'100ms; });
    EXPECT_GE(after.total, 350'000U) << "at once again where it would be without the stall";
    EXPECT_EQ(largest(), 5'000U);
    EXPECT_EQ(arrivals().back().at, 20s) << "and it ends when it is due";
}

TEST_F(ReadFileAdaptorPacing, LoopsWithoutAGap) {
    start(12'345, {.bitrate = {400'000}, .loop = true});
    rig.advance(60s + 1ms);
    EXPECT_FALSE(rig.ended(*reader));
    expect_never_early(400'000);
    EXPECT_EQ(arrivals().back().total, 60U * 50'000);
    EXPECT_LE(longest_gap(), 101ms);
}

TEST_F(ReadFileAdaptorPacing, LoopsATinyFileWithoutHurry) {
    start(100, {.bitrate = {8'000}, .loop = true});
    rig.advance(10'240ms + 1ms);
    EXPECT_FALSE(rig.ended(*reader));
    expect_never_early(8'000);
    EXPECT_EQ(arrivals().back().total, 10'240U);
}

} // namespace
