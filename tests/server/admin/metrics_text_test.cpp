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
    axon::Distribution delays{{0.1, 1}};
    delays.at_most = {2, 4, 5};
    delays.sum = 101.5;
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
             .samples = {{.labels = {}, .reading = std::string{"x"}}}},
            {.name = "d_seconds",
             .help = "Delay.",
             .kind = ValueKind::histogram,
             .samples = {{.labels = {{"server", "a"}}, .reading = delays}}}};
}

TEST(MetricsText, HasEachNumberInTheTextFormatOfPrometheus) {
    EXPECT_EQ(server::admin::metrics_text(families()), R"(# HELP a_total Count.
# TYPE a_total counter
a_total{server="a\"\\b"} 12345678901
# HELP b Level.
# TYPE b gauge
b -3
b 0.5
# HELP d_seconds Delay.
# TYPE d_seconds histogram
d_seconds_count{server="a"} 5
d_seconds_sum{server="a"} 101.5
d_seconds_bucket{server="a",le="0.1"} 2
d_seconds_bucket{server="a",le="1"} 4
d_seconds_bucket{server="a",le="+Inf"} 5
)");
}

TEST(StatsJson, HasEachValueAndTheConditionOfTheWhole) {
    EXPECT_EQ(server::admin::stats_json({.version = "1", .healthy = true, .draining = false}, families()),
              R"({"version":"1","healthy":true,"draining":false,"values":[)"
              R"({"name":"a_total","kind":"counter","help":"Count.","samples":[)"
              R"({"labels":{"server":"a\"\\b"},"value":12345678901}]},)"
              R"({"name":"b","kind":"gauge","help":"Level.","samples":[)"
              R"({"labels":{},"value":-3},{"labels":{},"value":0.5}]},)"
              R"({"name":"c","kind":"text","help":"Words.","samples":[{"labels":{},"value":"x"}]},)"
              R"({"name":"d_seconds","kind":"histogram","help":"Delay.","samples":[{"labels":{"server":"a"},)"
              R"("value":{"count":5,"sum":101.5,"at_most":[[0.1,2],[1,4]]}}]}]})");
}

} // namespace
