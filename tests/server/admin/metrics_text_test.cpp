// Values as Prometheus and as JSON have them.
#include "server/admin/metrics_text.hpp"
#include "server/admin/stats_json.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using axon::ValueKind;

std::vector<axon::ValueFamily> families() {
    return {{.name = "a_total",
             .help = "Count.",
             .kind = ValueKind::counter,
             .samples = {{.labels = {{"server", "a\"\\b"}}, .reading = std::uint64_t{12345678901}}}},
            {.name = "b",
             .help = "Level.",
             .kind = ValueKind::gauge,
             .samples = {{.labels = {}, .reading = std::int64_t{-3}}, {.labels = {}, .reading = 0.5}}},
            {.name = "c",
             .help = "Words.",
             .kind = ValueKind::text,
             .samples = {{.labels = {}, .reading = std::string{"x"}}}}};
}

TEST(MetricsText, HasEachNumberInTheTextFormatOfPrometheus) {
    EXPECT_EQ(server::admin::metrics_text(families()), R"(# HELP a_total Count.
# TYPE a_total counter
a_total{server="a\"\\b"} 12345678901
# HELP b Level.
# TYPE b gauge
b -3
b 0.5
)");
}

TEST(StatsJson, HasEachValueAndTheConditionOfTheWhole) {
    EXPECT_EQ(server::admin::stats_json({.version = "1", .healthy = true, .draining = false}, families()),
              R"({"version":"1","healthy":true,"draining":false,"values":[)"
              R"({"name":"a_total","kind":"counter","help":"Count.","samples":[)"
              R"({"labels":{"server":"a\"\\b"},"value":12345678901}]},)"
              R"({"name":"b","kind":"gauge","help":"Level.","samples":[)"
              R"({"labels":{},"value":-3},{"labels":{},"value":0.5}]},)"
              R"({"name":"c","kind":"text","help":"Words.","samples":[{"labels":{},"value":"x"}]}]})");
}

} // namespace
