#include "server/config/text_check.hpp"

#include "axon/quote.hpp"

#include <algorithm>

namespace server {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

bool is_continuation(std::string_view text, std::size_t i) {
    return i < text.size() && (byte_at(text, i) & 0xC0U) == 0x80U;
}

// The length of the character that begins at `i`, or 0 if there is none (RFC 3629 section 4).
std::size_t character_length(std::string_view text, std::size_t i) {
    const auto first = byte_at(text, i);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    for (std::size_t k = 1; k < length; ++k)
        if (!is_continuation(text, i + k)) return 0;
    const auto second = byte_at(text, i + 1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
}

bool is_forbidden_control(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

} // namespace

axon::Where place_of(std::string_view text, std::size_t i, std::uint32_t source) {
    const auto before = text.substr(0, i);
    const auto line_start = before.rfind('\n') + 1; // npos + 1 is 0
    return {.line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1),
            .column = static_cast<std::uint32_t>(i - line_start + 1),
            .source = source};
}

std::optional<axon::Complaint> find_unreadable(std::string_view text, std::uint32_t source) {
    for (std::size_t i = 0; i < text.size();) {
        const auto length = character_length(text, i);
        if (i == 0 && (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")))
            return axon::Complaint{place_of(text, i, source), "UTF-16; expected text in UTF-8"};
        if (length == 0)
            return axon::Complaint{place_of(text, i, source), "not UTF-8; expected text in UTF-8"};
        if (is_forbidden_control(text[i]))
            return axon::Complaint{place_of(text, i, source),
                                   "control character " + axon::quote(text.substr(i, 1)) + "; expected text"};
        i += length;
    }
    return std::nullopt;
}

} // namespace server
