#include "kamaelia/util/html.hpp"

#include <array>
#include <cstddef>

namespace kamaelia {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// The well-formed byte sequences of RFC 3629 section 4: what the first byte may be decides how many
// follow and what the second one may be; the others are 80..BF.
struct Sequence {
    unsigned char first_low, first_high, second_low, second_high;
    std::size_t length;
};

constexpr std::array<Sequence, 8> sequences{{
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
}};

constexpr bool within(unsigned char byte, unsigned char low, unsigned char high) {
    return low <= byte && byte <= high;
}

constexpr unsigned char byte_at(std::string_view text, std::size_t index) {
    return static_cast<unsigned char>(text[index]);
}

// The length of the multi-byte character at the front of `text`; 0 when it is none.
std::size_t multibyte_length(std::string_view text) {
    for (const Sequence& form : sequences) {
        if (!within(byte_at(text, 0), form.first_low, form.first_high)) continue;
        if (text.size() < form.length || !within(byte_at(text, 1), form.second_low, form.second_high))
            return 0;
        for (std::size_t i = 2; i < form.length; ++i)
            if (!within(byte_at(text, i), 0x80, 0xBF)) return 0;
        // U+0080..U+009F are controls, which HTML forbids.
        return byte_at(text, 0) == 0xC2 && byte_at(text, 1) < 0xA0 ? 0 : form.length;
    }
    return 0;
}

constexpr bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

} // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        std::size_t length = 1;
        switch (const char c = text.front()) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        case '\t':
        case '\n': out += c; break;
        default:
            if (c >= ' ' && c < '\x7F') {
                out += c;
            } else if (const std::size_t whole = multibyte_length(text); whole != 0) {
                out += text.substr(0, whole);
                length = whole;
            } else {
                out += replacement_character;
            }
        }
        text.remove_prefix(length);
    }
    return out;
}

std::string percent_encode_path(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(path.size());
    for (const char c : path) {
        if (c == '/' || is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 0x0F];
    }
    return out;
}

} // namespace kamaelia
