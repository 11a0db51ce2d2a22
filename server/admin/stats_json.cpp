#include "server/admin/stats_json.hpp"

#include "axon/json_writer.hpp"

#include <cstddef>
#include <utility>
#include <variant>

namespace server::admin {
namespace {

void write(axon::JsonWriter& json, const auto& reading) { json.value(reading); }

// Each bound, with how many were at most that.
void write(axon::JsonWriter& json, const axon::Distribution& distribution) {
    json.begin_object().key("count").value(distribution.at_most.back());
    json.key("sum").value(distribution.sum).key("at_most").begin_array();
    for (std::size_t i = 0; i < distribution.bounds.size(); ++i) {
        json.begin_array().value(distribution.bounds[i]).value(distribution.at_most[i]);
        json.end_array();
    }
    json.end_array().end_object();
}

void write(axon::JsonWriter& json, const axon::ValueSample& sample) {
    json.begin_object().key("labels").begin_object();
    for (const auto& [name, value] : sample.labels) json.key(name).value(value);
    json.end_object().key("value");
    std::visit([&](const auto& reading) { write(json, reading); }, sample.reading);
    json.end_object();
}

void write(axon::JsonWriter& json, const axon::ValueFamily& family) {
    json.begin_object().key("name").value(family.name).key("kind").value(to_string(family.kind));
    json.key("help").value(family.help).key("samples").begin_array();
    for (const auto& sample : family.samples) write(json, sample);
    json.end_array().end_object();
}

} // namespace

std::string stats_json(const Condition& condition, std::span<const axon::ValueFamily> families) {
    axon::JsonWriter json;
    json.begin_object().key("version").value(condition.version);
    json.key("healthy").value(condition.healthy).key("draining").value(condition.draining);
    json.key("values").begin_array();
    for (const auto& family : families) write(json, family);
    json.end_array().end_object();
    return std::move(json).text();
}

} // namespace server::admin
