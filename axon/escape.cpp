#include "axon/escape.hpp"

#include "axon/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace axon {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

std::string hex(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return {digits[byte >> 4U], digits[byte & 15U]};
}

// C0, DEL and, in two bytes, C1.
bool is_control(std::string_view character) {
    const auto first = static_cast<std::uint8_t>(character[0]);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    return character.size() == 2 && first == 0xC2 && static_cast<std::uint8_t>(character[1]) < 0xA0;
}

// `escape(c)` says what stands for an ASCII character, or nothing to leave it; `strange(bytes, whole)` what
// stands for a control character, or for one byte of what is no character.
template <class Escape, class Strange>
std::string escaped(std::string_view text, Escape escape, Strange strange) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto length = character_length(text);
        const auto piece = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0 || is_control(piece)) {
            out += strange(piece, length > 0);
        } else if (const std::string_view other = length == 1 ? escape(piece[0]) : ""; !other.empty()) {
            out += other;
        } else {
            out += piece;
        }
        text.remove_prefix(piece.size());
    }
    return out;
}

std::string shown(std::string_view before, std::string_view bytes) {
    std::string out;
    for (const char c : bytes) out.append(before).append("x").append(hex(c));
    return out;
}

} // namespace

std::string json_escaped(std::string_view text) {
    return escaped(
        text,
        [](char c) -> std::string_view {
            switch (c) {
            case '"': return "\\\"";
            case '\\': return "\\\\";
            default: return "";
            }
        },
        [](std::string_view bytes, bool whole) -> std::string {
            if (!whole) return "\\ufffd";
            switch (bytes.front()) {
            case '\n': return "\\n";
            case '\r': return "\\r";
            case '\t': return "\\t";
            default: return "\\u00" + hex(bytes.back());
            }
        });
}

std::string dot_escaped(std::string_view text) {
    return escaped(
        text,
        [](char c) -> std::string_view {
            switch (c) {
            case '"': return "\\\"";
            case '\\': return "\\\\";
            case '&': return "&amp;"; // labels know HTML's entities
            default: return "";
            }
        },
        [](std::string_view bytes, bool) { return shown("\\\\", bytes); });
}

std::string mermaid_escaped(std::string_view text) {
    return escaped(
        text,
        [](char c) -> std::string_view {
            switch (c) {
            case '"': return "#quot;";
            case '#': return "#35;";
            case '%': return "#37;"; // %%{ begins a directive, wherever it stands
            case '&': return "#amp;";
            case '<': return "#lt;";
            case '>': return "#gt;";
            case '\\': return "#92;"; // \n would be a new line
            case '`': return "#96;";  // begins markdown
            default: return "";
            }
        },
        [](std::string_view bytes, bool) { return shown("#92;", bytes); });
}

} // namespace axon
