#include "axon/units.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace {

using namespace axon;
using namespace std::chrono_literals;

TEST(ParseInteger, TakesWholeNumbersOfItsRange) {
    EXPECT_EQ(parse_integer<int>("-12"), -12);
    EXPECT_EQ(parse_integer<std::uint16_t>("65535"), 65535);
    EXPECT_EQ(parse_integer<std::uint64_t>("18446744073709551615"),
              std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(parse_integer<int>("5", 5, 7), 5);
    EXPECT_EQ(parse_integer<int>("7", 5, 7), 7);
}

TEST(ParseInteger, SaysTheRangeAndWhatItFound) {
    EXPECT_EQ(parse_integer<int>("8", 5, 7).error(), "expected a whole number between 5 and 7, found \"8\"");
    EXPECT_EQ(parse_integer<int>("4", 5, 7).error(), "expected a whole number between 5 and 7, found \"4\"");
    EXPECT_EQ(parse_integer<std::uint16_t>("65536").error(),
              "expected a whole number between 0 and 65535, found \"65536\"");
    EXPECT_EQ(parse_integer<std::uint8_t>("-1").error(),
              "expected a whole number between 0 and 255, found \"-1\"");
}

TEST(ParseInteger, RefusesWhatIsNotOnlyANumber) {
    for (const auto* text : {"", "x", "1x", " 1", "1 ", "1.0", "0x10", "+1", "--1", "99999999999999999999"})
        EXPECT_FALSE(parse_integer<int>(text)) << text;
}

TEST(ParseNumber, TakesDecimals) {
    EXPECT_EQ(parse_number("0.4"), 0.4);
    EXPECT_EQ(parse_number("-1"), -1.0);
    EXPECT_EQ(parse_number("1e3"), 1000.0);
}

TEST(ParseNumber, RefusesWhatIsNoFiniteNumber) {
    for (const auto* text : {"", "inf", "nan", "1e999", "1,5", "0.4x", "half"})
        EXPECT_FALSE(parse_number(text)) << text;
    EXPECT_EQ(parse_number("half").error(), "expected a number, found \"half\"");
}

TEST(ParseBool, TakesTheWordsOfYaml) {
    for (const auto* text : {"true", "yes", "on", "True", "YES"}) EXPECT_EQ(parse_bool(text), true) << text;
    for (const auto* text : {"false", "no", "off", "False", "OFF"})
        EXPECT_EQ(parse_bool(text), false) << text;
    EXPECT_EQ(parse_bool("1").error(), "expected yes or no, found \"1\"");
    EXPECT_FALSE(parse_bool(""));
}

TEST(ParseDuration, TakesEachUnit) {
    EXPECT_EQ(parse_duration("7ns"), 7ns);
    EXPECT_EQ(parse_duration("500us"), 500us);
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("2s"), 2s);
    EXPECT_EQ(parse_duration("5m"), 5min);
    EXPECT_EQ(parse_duration("1h"), 1h);
    EXPECT_EQ(parse_duration("1.5s"), 1500ms);
    EXPECT_EQ(parse_duration("0"), 0s);
}

TEST(ParseDuration, RefusesWhatHasNoUnitOrTooMuch) {
    for (const auto* text :
         {"", "5", "s", "-1s", "5 s", "1.s", ".5s", "1.5ns", "5S", "1h30m", "9999999h", "1d"})
        EXPECT_FALSE(parse_duration(text)) << text;
    EXPECT_EQ(parse_duration("5").error(), "expected a duration such as 250ms, 2s or 5m, found \"5\"");
}

TEST(ParseByteSize, TellsBinaryFromDecimalUnits) {
    EXPECT_EQ(parse_byte_size("64KiB"), ByteSize{65536});
    EXPECT_EQ(parse_byte_size("10MB"), ByteSize{10'000'000});
    EXPECT_EQ(parse_byte_size("5GiB"), ByteSize{5'368'709'120});
    EXPECT_EQ(parse_byte_size("2kB"), ByteSize{2000});
    EXPECT_EQ(parse_byte_size("17"), ByteSize{17});
    EXPECT_EQ(parse_byte_size("17B"), ByteSize{17});
    EXPECT_EQ(parse_byte_size("0.5KiB"), ByteSize{512});
}

TEST(ParseByteSize, RefusesOtherWordsAndOverflow) {
    for (const auto* text : {"", "big", "10mb", "10 MB", "0.3B", "-1", "99999999TiB", "18446744073709551616"})
        EXPECT_FALSE(parse_byte_size(text)) << text;
    EXPECT_EQ(parse_byte_size("big").error(), "expected a size such as 64KiB or 10MB, found \"big\"");
}

TEST(ParseBitRate, CountsInThousands) {
    EXPECT_EQ(parse_bit_rate("400k"), BitRate{400'000});
    EXPECT_EQ(parse_bit_rate("1.5M"), BitRate{1'500'000});
    EXPECT_EQ(parse_bit_rate("1G"), BitRate{1'000'000'000});
    EXPECT_EQ(parse_bit_rate("128000"), BitRate{128'000});
}

TEST(ParseBitRate, RefusesOtherWords) {
    for (const auto* text : {"", "fast", "400K", "400kbit", "1.5", "0.0001k", "1.1234567890123456789M"})
        EXPECT_FALSE(parse_bit_rate(text)) << text;
    EXPECT_EQ(parse_bit_rate("fast").error(), "expected a rate such as 128k, found \"fast\"");
}

TEST(Show, TakesTheLargestUnitThatFits) {
    EXPECT_EQ(show(Duration{0}), "0");
    EXPECT_EQ(show(Duration{90s}), "90s");
    EXPECT_EQ(show(Duration{2h}), "2h");
    EXPECT_EQ(show(ByteSize{65536}), "64KiB");
    EXPECT_EQ(show(ByteSize{10'000'000}), "10MB");
    EXPECT_EQ(show(ByteSize{17}), "17B");
    EXPECT_EQ(show(BitRate{400'000}), "400k");
    EXPECT_EQ(show(BitRate{1'500'000}), "1500k");
    EXPECT_EQ(show(BitRate{17}), "17");
    EXPECT_EQ(show(0.4), "0.4");
}

TEST(Show, IsReadBackAsTheSameValue) {
    for (const std::uint64_t value :
         {0ULL, 1ULL, 999ULL, 1024ULL, 1'536'000ULL, 3'600'000'000'000ULL, 1ULL << 62U}) {
        EXPECT_EQ(parse_duration(show(Duration{static_cast<Duration::rep>(value)})),
                  Duration{static_cast<Duration::rep>(value)});
        EXPECT_EQ(parse_byte_size(show(ByteSize{value})), ByteSize{value});
        EXPECT_EQ(parse_bit_rate(show(BitRate{value})), BitRate{value});
    }
    for (const double value : {0.1, -1e-300, 1e300, 1.0 / 3}) EXPECT_EQ(parse_number(show(value)), value);
}

} // namespace
