#include "axon/value_info.hpp"

#include "axon/cat_error.hpp"
#include "axon/quote.hpp"

#include <algorithm>
#include <iterator>

namespace axon {
namespace {

bool may_begin_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name(std::string_view text, std::string_view also) {
    return !text.empty() && !is_digit(text.front()) && std::ranges::all_of(text, [&](char c) {
        return may_begin_name(c) || is_digit(c) || also.contains(c);
    });
}

} // namespace

std::string_view to_string(ValueKind kind) noexcept {
    switch (kind) {
    case ValueKind::counter: return "counter";
    case ValueKind::gauge: return "gauge";
    case ValueKind::histogram: return "histogram";
    case ValueKind::text: break;
    }
    return "text";
}

void require_valid(const ValueInfo& info) {
    if (!is_name(info.name, ":")) {
        throw CatError{"value " + quote(info.name) +
                       ": expected letters, digits, _ and :, and no digit first"};
    }
    for (auto label = info.labels.begin(); label != info.labels.end(); ++label) {
        if (!is_name(label->first, "")) {
            throw CatError{"label " + quote(label->first) + " of value " + quote(info.name) +
                           ": expected letters, digits and _, and no digit first"};
        }
        const auto same = [&](const auto& other) { return other.first == label->first; };
        if (std::any_of(std::next(label), info.labels.end(), same))
            throw CatError{"label " + quote(label->first) + " of value " + quote(info.name) +
                           " is there twice"};
    }
}

std::string series_name(std::string_view name, const Labels& labels) {
    std::string text{name};
    for (const auto& [label, value] : labels) {
        text += text.size() == name.size() ? "{" : ",";
        text += label + "=" + quote(value);
    }
    return labels.empty() ? text : text + "}";
}

} // namespace axon
