// ValueInfo: what a value is called, what it means, and what is read of it.
#pragma once

#include "axon/distribution.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace axon {

enum class ValueKind : std::uint8_t {
    counter,   ///< only rises
    gauge,     ///< rises and falls
    histogram, ///< measured again and again: what every Value<Distribution> is
    text,      ///< says something: what every Value<std::string> is
};
[[nodiscard]] std::string_view to_string(ValueKind kind) noexcept;

/// What tells values of one name apart, as in {{"server", "web"}, {"reason", "slow"}}. In any order.
using Labels = std::vector<std::pair<std::string, std::string>>;

struct ValueInfo {
    std::string name; ///< as Prometheus has it: letters, digits, `_` and `:`, no digit first
    std::string help; ///< one sentence for people
    ValueKind kind = ValueKind::counter;
    Labels labels{}; ///< names as above, without `:`; none twice
};

/// Throws CatError when a name is none, or a label is there twice.
void require_valid(const ValueInfo& info);

/// `name{label="value"}`, for messages.
[[nodiscard]] std::string series_name(std::string_view name, const Labels& labels);

/// What a value stands at: of the type that it was declared with.
using Reading = std::variant<std::uint64_t, std::int64_t, double, Distribution, std::string>;

struct ValueSample {
    Labels labels; ///< in alphabetical order
    Reading reading;
};

/// Everything of one name.
struct ValueFamily {
    std::string name;
    std::string help;
    ValueKind kind;
    std::vector<ValueSample> samples; ///< in the order of their labels
};

} // namespace axon
