#include "server/admin/metrics_text.hpp"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace server::admin {
namespace {

prometheus::ClientMetric::Histogram histogram_of(const axon::Distribution& distribution) {
    prometheus::ClientMetric::Histogram histogram;
    histogram.sample_count = distribution.at_most.back();
    histogram.sample_sum = distribution.sum;
    histogram.bucket.reserve(distribution.bounds.size());
    for (std::size_t i = 0; i < distribution.bounds.size(); ++i)
        histogram.bucket.push_back({distribution.at_most[i], distribution.bounds[i]});
    return histogram;
}

prometheus::ClientMetric metric_of(const axon::ValueSample& sample, axon::ValueKind kind) {
    prometheus::ClientMetric metric;
    metric.label.reserve(sample.labels.size());
    for (const auto& [name, value] : sample.labels) metric.label.push_back({name, value});
    std::visit(
        [&](const auto& reading) {
            using Read = std::remove_cvref_t<decltype(reading)>;
            if constexpr (std::same_as<Read, axon::Distribution>) {
                metric.histogram = histogram_of(reading);
            } else if constexpr (std::is_arithmetic_v<Read>) {
                (kind == axon::ValueKind::counter ? metric.counter.value : metric.gauge.value) =
                    static_cast<double>(reading);
            }
        },
        sample.reading);
    return metric;
}

prometheus::MetricType type_of(axon::ValueKind kind) {
    switch (kind) {
    case axon::ValueKind::counter: return prometheus::MetricType::Counter;
    case axon::ValueKind::gauge: return prometheus::MetricType::Gauge;
    case axon::ValueKind::histogram: return prometheus::MetricType::Histogram;
    case axon::ValueKind::text: break;
    }
    return prometheus::MetricType::Untyped;
}

prometheus::MetricFamily family_of(const axon::ValueFamily& values) {
    prometheus::MetricFamily family;
    family.name = values.name;
    family.help = values.help;
    family.type = type_of(values.kind);
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
