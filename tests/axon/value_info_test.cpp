// ValueInfo: names that every reader of statistics understands.
#include "axon/cat_error.hpp"
#include "axon/value_info.hpp"

#include <gtest/gtest.h>

#include "tests/axon/refusal.hpp"

namespace {

using axon::CatError;
using axon::Labels;
using axon::ValueInfo;
using parts::refusal;

std::string refused(const std::string& name, const Labels& labels) {
    return refusal<CatError>([&] { require_valid(ValueInfo{.name = name, .help = "", .labels = labels}); });
}

TEST(ValueInfo, NamesAreThoseOfPrometheus) {
    EXPECT_EQ(refused("kamaelia_sent_bytes_total", {{"server", "any text \n at all"}, {"reason", ""}}), "");
    EXPECT_EQ(refused("_a:B9", {}), "");
    for (const char* name : {"", "9a", "http.bytes", "a-b", "caf\xc3\xa9"}) {
        EXPECT_NE(refused(name, {}), "") << name;
        EXPECT_NE(refused("a", {{name, ""}}), "") << name;
    }
    EXPECT_NE(refused("a", {{"b:c", ""}}), "") << "only the value's own name has colons";
}

TEST(ValueInfo, SaysWhatIsWrongWithAName) {
    EXPECT_EQ(refused("http.bytes", {}),
              "value \"http.bytes\": expected letters, digits, _ and :, and no digit first");
    EXPECT_EQ(refused("bytes", {{"a.b", "1"}}),
              "label \"a.b\" of value \"bytes\": expected letters, digits and _, and no digit first");
    EXPECT_EQ(refused("bytes", {{"a", "1"}, {"b", "1"}, {"a", "2"}}),
              "label \"a\" of value \"bytes\" is there twice");
}

TEST(ValueInfo, WritesASeriesAsPeopleKnowIt) {
    EXPECT_EQ(axon::series_name("bytes", {}), "bytes");
    EXPECT_EQ(axon::series_name("bytes", {{"a", "1"}, {"b", "x\"y"}}), R"(bytes{a="1",b="x\"y"})");
}

TEST(ValueInfo, KindsHaveTheirNames) {
    EXPECT_EQ(axon::to_string(axon::ValueKind::counter), "counter");
    EXPECT_EQ(axon::to_string(axon::ValueKind::gauge), "gauge");
    EXPECT_EQ(axon::to_string(axon::ValueKind::histogram), "histogram");
    EXPECT_EQ(axon::to_string(axon::ValueKind::text), "text");
}

} // namespace
