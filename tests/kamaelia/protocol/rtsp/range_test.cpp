#include "kamaelia/protocol/rtsp/range.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace kamaelia::rtsp;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

std::string describe(const std::expected<NptRange, RangeError>& range) {
    return range ? format_range(*range) : std::to_string(static_cast<int>(status_of(range.error())));
}

TEST(RtspRange, ReadsNormalPlayTime) {
    const std::pair<std::string_view, NptRange> cases[] = {
        {"npt=0.000-", {.start = NptTime{}}},                            // ffmpeg, mpv, openRTSP
        {"npt=0-30", {.start = NptTime{}, .end = NptTime{.time = 30s}}}, // GStreamer
        {"npt=0.000-25.000", {.start = NptTime{}, .end = NptTime{.time = 25s}}},
        {"npt=9.997-", {.start = NptTime{.time = 9997ms}}},
        {"npt=now-", {.start = NptTime{.now = true}}},
        {"npt=NOW-20", {.start = NptTime{.now = true}, .end = NptTime{.time = 20s}}},
        {"npt=5-now", {.start = NptTime{.time = 5s}, .end = NptTime{.now = true}}},
        {"npt=-5", {.end = NptTime{.time = 5s}}},
        {"npt=5-5", {.start = NptTime{.time = 5s}, .end = NptTime{.time = 5s}}},
        {"npt=12:05:35.3-", {.start = NptTime{.time = 12h + 5min + 35s + 300ms}}}, // RFC 2326 3.6
        {"npt=0:0:5-100:59:59.", {.start = NptTime{.time = 5s}, .end = NptTime{.time = 100h + 59min + 59s}}},
        {"NPT = 1.5 - 2.25 ", {.start = NptTime{.time = 1500ms}, .end = NptTime{.time = 2250ms}}},
        {"npt=1-2;time=19970123T143720Z", {.start = NptTime{.time = 1s}, .end = NptTime{.time = 2s}}},
        {"npt=0007.-", {.start = NptTime{.time = 7s}}},
        {"npt=0.0000000019-", {.start = NptTime{.time = 1ns}}},
        {"npt=0.000005208333333333333333333333333-", {.start = NptTime{.time = 5208ns}}},
    };
    for (const auto& [text, range] : cases) {
        const auto parsed = parse_range(text);
        ASSERT_TRUE(parsed.has_value()) << text;
        EXPECT_EQ(*parsed, range) << text << ": " << format_range(*parsed);
    }
}

TEST(RtspRange, TakesNumbersBeyondAnyTime) {
    for (const std::string_view text :
         {"npt=9223372036-", "npt=9999999999.5-", "npt=18446744073709551616-", "npt=99999999999999999999999-",
          "npt=2562048:00:00-", "npt=99999999999999999999:59:59.9-"}) {
        const auto range = parse_range(text);
        ASSERT_TRUE(range && range->start) << text;
        EXPECT_EQ(range->start->time, nanoseconds::max()) << text;
    }
    EXPECT_EQ(parse_range("npt=9223372035.999999999-")->start->time, 9223372035s + 999999999ns);
    EXPECT_EQ(parse_range("npt=9999-")->start->time, 9999s); // what is beyond the end, the session knows
}

TEST(RtspRange, RefusesWhatIsMalformed) {
    for (const std::string_view text :
         {"",          "npt",       "npt=",         "npt=-",       "npt=5",
          "npt=nan-",  "npt=inf-",  "npt=-nan",     "npt=--5",     "npt=5--1",
          "npt=-5-10", "npt=+5-",   "npt=.5-",      "npt=1e3-",    "npt=0x5-",
          "npt=5s-",   "npt=1:2-",  "npt=1:60:0-",  "npt=1:0:60-", "npt=1:000:0-",
          "npt=:0:0-", "npt=1:0:-", "npt=1:0:0:0-", "npt=1.2.3-",  "npt=5- 6 7",
          "npt:0-",    "=0-",       "n pt=0-",      "npt==0-",     "npt=now",
          "npt=later-"}) {
        const auto parsed = parse_range(text);
        ASSERT_FALSE(parsed.has_value()) << text;
        EXPECT_EQ(parsed.error(), RangeError::malformed) << text;
    }
}

TEST(RtspRange, TellsOtherTroubleApart) {
    EXPECT_EQ(describe(parse_range("clock=19961108T142300Z-19961108T143520Z")), "501");
    EXPECT_EQ(describe(parse_range("smpte=0:10:20-0:10:30")), "501");
    EXPECT_EQ(describe(parse_range("smpte-25=0:10:20-")), "501");
    EXPECT_EQ(describe(parse_range("bytes=0-5")), "501");
    EXPECT_EQ(describe(parse_range("npt=5-1")), "457");
    EXPECT_EQ(describe(parse_range("npt=0:0:5-4.999999999")), "457");
    EXPECT_EQ(describe(parse_range("npt=0-5,npt=6-9")), "457");
    EXPECT_EQ(describe(parse_range("npt=0-5,6-9")), "457");
    EXPECT_EQ(describe(parse_range("npt=nan-")), "400");
}

TEST(RtspRange, IsThatOfARequest) {
    EXPECT_EQ(requested_range({}).value(), std::nullopt);
    EXPECT_EQ(requested_range({.fields = {{"range", "npt=1-"}}}).value(),
              (NptRange{.start = NptTime{.time = 1s}}));
    EXPECT_EQ(requested_range({.fields = {{"Range", "npt=1-"}, {"Range", "npt=1-"}}}).error(),
              RangeError::several);
    EXPECT_EQ(requested_range({.fields = {{"Range", ""}}}).error(), RangeError::malformed);
}

// RFC 2326 10.6
TEST(RtspRange, OfAPauseIsOneTime) {
    for (const std::string_view text :
         {"npt=5", "npt=5-", "NPT = 0:00:05.0 - ", "npt=5;time=19970123T143720Z"})
        EXPECT_EQ(parse_pause_point(text), NptTime{.time = 5s}) << text;
    for (const std::string_view text : {"npt=now-", "npt=NOW"})
        EXPECT_EQ(parse_pause_point(text), NptTime{.now = true}) << text;
    for (const std::string_view text : {"npt=5-6", "npt=-5", "npt=now-6", "npt=6-5", "npt=5,npt=6"})
        EXPECT_EQ(status_of(parse_pause_point(text).error()), Status::invalid_range) << text;
    for (const std::string_view text :
         {"", "npt", "npt=", "npt=-", "npt=nan", "npt=--5", "npt=5--", "npt=+5"})
        EXPECT_EQ(parse_pause_point(text).error(), RangeError::malformed) << text;
    EXPECT_EQ(parse_pause_point("smpte=0:10:20-").error(), RangeError::other_unit);
    EXPECT_EQ(requested_pause_point({}).value(), std::nullopt);
    EXPECT_EQ(requested_pause_point({.fields = {{"range", "npt=1"}}}).value(), NptTime{.time = 1s});
    EXPECT_EQ(requested_pause_point({.fields = {{"Range", "npt=1"}, {"Range", "npt=2"}}}).error(),
              RangeError::several);
}

TEST(RtspRange, IsFormattedToTheSample) {
    EXPECT_EQ(format_npt({}), "0");
    EXPECT_EQ(format_npt(30s), "30");
    EXPECT_EQ(format_npt(1ns), "0.000000001");
    EXPECT_EQ(format_npt(9935238095ns), "9.935238095");
    EXPECT_EQ(format_npt(100ms), "0.1");
    EXPECT_EQ(format_npt(nanoseconds::max()), "9223372036.854775807");
    EXPECT_EQ(format_range({.start = NptTime{.time = 9935238095ns}, .end = NptTime{.time = 30s}}),
              "npt=9.935238095-30");
    EXPECT_EQ(format_range({.start = NptTime{.now = true}}), "npt=now-");
    EXPECT_EQ(format_range({.end = NptTime{.time = 5s}}), "npt=-5");

    // Each sample of a day at 192 kHz comes back as itself; here those around a prime's multiples.
    constexpr std::int64_t rate = 192'000;
    for (std::int64_t sample = 0; sample < rate * 86'400; sample += 1'000'003) {
        const nanoseconds time{(sample / rate) * 1'000'000'000 + (sample % rate) * 1'000'000'000 / rate};
        const auto range = parse_range("npt=" + format_npt(time) + '-');
        ASSERT_TRUE(range && range->start);
        const std::int64_t back = range->start->time.count();
        EXPECT_EQ(back / 1'000'000'000 * rate + (back % 1'000'000'000 * rate + 500'000'000) / 1'000'000'000,
                  sample);
    }
}

} // namespace
