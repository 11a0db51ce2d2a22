#include "server/admin/metrics_text.hpp"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <utility>
#include <variant>
#include <vector>

namespace server::admin {
namespace {

struct AsDouble {
    double operator()(const std::string&) const { return 0; }
    double operator()(auto number) const { return static_cast<double>(number); }
};

prometheus::ClientMetric metric_of(const axon::ValueSample& sample, axon::ValueKind kind) {
    prometheus::ClientMetric metric;
    metric.label.reserve(sample.labels.size());
    for (const auto& [name, value] : sample.labels) metric.label.push_back({name, value});
    const auto number = std::visit(AsDouble{}, sample.reading);
    if (kind == axon::ValueKind::counter) {
        metric.counter.value = number;
    } else {
        metric.gauge.value = number;
    }
    return metric;
}

prometheus::MetricFamily family_of(const axon::ValueFamily& values) {
    prometheus::MetricFamily family;
    family.name = values.name;
    family.help = values.help;
    family.type = values.kind == axon::ValueKind::counter ? prometheus::MetricType::Counter
                                                          : prometheus::MetricType::Gauge;
    family.metric.reserve(values.samples.size());
    for (const auto& sample : values.samples) family.metric.push_back(metric_of(sample, values.kind));
    return family;
}

} // namespace

std::string metrics_text(std::span<const axon::ValueFamily> families) {
    std::vector<prometheus::MetricFamily> all;
    all.reserve(families.size());
    for (const auto& family : families) {
        if (family.kind != axon::ValueKind::text) all.push_back(family_of(family));
    }
    return prometheus::TextSerializer{}.Serialize(all);
}

} // namespace server::admin
