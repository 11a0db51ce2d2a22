// Named details of a log line, as people read them.
#include "axon/log.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>

namespace {

using namespace std::chrono_literals;
using axon::LogField;
using axon::with_fields;

std::string shown(std::string_view value) {
    const std::array fields{LogField{"peer", value}};
    return with_fields("", fields);
}

TEST(LogLine, IsTheTextAndBehindItEachField) {
    const std::array fields{LogField{"peer", "[::1]:8000"}, LogField{"sent", std::uint64_t{12}},
                            LogField{"seconds", 1500ms}};
    EXPECT_EQ(with_fields("connection ended", fields),
              "connection ended peer=[::1]:8000 sent=12 seconds=1.500");
    EXPECT_EQ(with_fields("ready", {}), "ready");
}

TEST(LogLine, QuotesWhatCouldBeTakenForSomethingElse) {
    EXPECT_EQ(shown(""), R"( peer="")");
    EXPECT_EQ(shown("Broken pipe"), R"( peer="Broken pipe")");
    EXPECT_EQ(shown("a=b"), R"( peer="a=b")");
    EXPECT_EQ(shown(R"(a"b\)"), R"( peer="a\"b\\")");
    EXPECT_EQ(shown("a\nlevel=error\x1b[31m"), R"( peer="a\nlevel=error\u001b[31m")");
    EXPECT_EQ(shown("\xff"), R"( peer="\ufffd")");
}

TEST(LogLine, HasDurationsInSecondsToTheMillisecond) {
    EXPECT_EQ(axon::log_seconds(0s), "0.000");
    EXPECT_EQ(axon::log_seconds(7ms), "0.007");
    EXPECT_EQ(axon::log_seconds(1h + 999'999us), "3600.999");
}

} // namespace
