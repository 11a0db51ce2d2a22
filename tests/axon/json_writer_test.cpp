// JsonWriter: commas, brackets and values where they belong.
#include "axon/json_writer.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <limits>

namespace {

using axon::JsonWriter;

TEST(JsonWriter, PutsCommasBetweenAndNowhereElse) {
    JsonWriter json;
    json.begin_object();
    json.key("a").value(1).key("b").begin_array().value("x").null().value(true).end_array();
    json.key("c").begin_object().end_object().key("d").begin_array().begin_array().end_array();
    json.begin_object().key("e").value(false).end_object().end_array().end_object();
    EXPECT_EQ(std::move(json).text(), R"({"a":1,"b":["x",null,true],"c":{},"d":[[],{"e":false}]})");
}

TEST(JsonWriter, WritesWhatAParserReadsBack) {
    JsonWriter json;
    json.begin_array();
    json.value(std::numeric_limits<std::uint64_t>::max()).value(std::numeric_limits<std::int64_t>::min());
    json.value("quote \" slash \\ line\nend\x01").end_array();
    const auto text = std::move(json).text();
    const auto parsed = boost::json::parse(text).as_array();
    EXPECT_EQ(parsed[0].as_uint64(), std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(parsed[1].as_int64(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(parsed[2].as_string(), "quote \" slash \\ line\nend\x01");
}

} // namespace
