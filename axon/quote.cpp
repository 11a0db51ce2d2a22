#include "axon/quote.hpp"

namespace axon {
namespace {

constexpr std::size_t longest = 60;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string_view cut(std::string_view text) {
    auto end = longest;
    while (end > 0 && continues_character(text[end])) --end;
    return text.substr(0, end);
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\t': out += "\\t"; break;
    default:
        if (byte < 0x20 || byte == 0x7F)
            out.append("\\x").append(1, digits[byte / 16]).append(1, digits[byte % 16]);
        else
            out += c;
    }
}

} // namespace

std::string quote(std::string_view text) {
    const bool whole = text.size() <= longest;
    std::string out{'"'};
    for (const char c : whole ? text : cut(text)) append_escaped(out, c);
    out += whole ? "\"" : "...\"";
    return out;
}

} // namespace axon
