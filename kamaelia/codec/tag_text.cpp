#include "kamaelia/codec/tag_text.hpp"

#include "axon/utf8.hpp"
#include "kamaelia/codec/media_info.hpp"

#include <cstddef>
#include <cstdint>

namespace kamaelia {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

void append_utf8(std::string& out, std::uint32_t code) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) return byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F));
    if (code < 0x10000)
        return byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
    byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
}

// ASCII's, and those of U+0080 to U+009F.
bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    return first < 0x20 || first == 0x7F ||
           (first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0);
}

bool is_high_half(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_half(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::uint32_t unit_at(std::string_view text, std::size_t at, bool big_endian) {
    const auto first = static_cast<unsigned char>(text[at]);
    const auto second = static_cast<unsigned char>(text[at + 1]);
    return big_endian ? static_cast<std::uint32_t>(first << 8 | second)
                      : static_cast<std::uint32_t>(second << 8 | first);
}

} // namespace

std::string clean_text(std::string_view utf8) {
    std::string out;
    while (!utf8.empty()) {
        const auto length = axon::character_length(utf8);
        auto character = length == 0 ? replacement_character : utf8.substr(0, length);
        if (is_control(character)) character = " ";
        utf8.remove_prefix(length == 0 ? 1 : length);
        if (character == " " && out.empty()) continue;
        if (out.size() + character.size() > MediaInfo::longest_text) break;
        out += character;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string utf8_from_latin1(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) append_utf8(out, static_cast<unsigned char>(c));
    return out;
}

std::string utf8_from_utf16(std::string_view text, bool big_endian) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        big_endian = text.starts_with("\xFE\xFF");
        text.remove_prefix(2);
    }
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        auto code = unit_at(text, i, big_endian);
        if (is_high_half(code) && i + 3 < text.size() && is_low_half(unit_at(text, i + 2, big_endian))) {
            code = 0x10000 + ((code - 0xD800) << 10) + (unit_at(text, i + 2, big_endian) - 0xDC00);
            i += 2;
        }
        if (is_high_half(code) || is_low_half(code))
            out += replacement_character;
        else
            append_utf8(out, code);
    }
    return out;
}

} // namespace kamaelia
