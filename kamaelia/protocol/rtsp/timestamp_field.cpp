#include "kamaelia/protocol/rtsp/timestamp_field.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace kamaelia::rtsp {
namespace {

// *DIGIT [ "." *DIGIT ]
bool is_decimal(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; }) &&
           std::ranges::count(text, '.') <= 1;
}

} // namespace

std::string echoed_timestamp(const Request& request) {
    const std::string_view value = request.field("Timestamp").value_or(std::string_view{});
    const std::size_t space = std::min(value.find_first_of(" \t"), value.size());
    const bool is_one = is_decimal(value.substr(0, space)) && is_decimal(trim(value.substr(space)));
    return std::string{is_one ? value : std::string_view{}};
}

} // namespace kamaelia::rtsp
