#include "kamaelia/protocol/http/entity_tag.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <cstddef>
#include <optional>

namespace kamaelia::http {
namespace {

// FNV-1a, 64 bits: the same on every machine.
class Hash {
public:
    void add(std::string_view bytes) {
        for (const char byte : bytes) add_byte(static_cast<unsigned char>(byte));
    }
    void add(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<unsigned char>(number >> shift));
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    void add_byte(unsigned char byte) { value_ = (value_ ^ byte) * 1099511628211ULL; }
    std::uint64_t value_ = 14695981039346656037ULL;
};

void append_hex(std::string& text, std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[number >> shift & 15];
}

std::string make_tag(std::uint64_t size, std::uint64_t hash) {
    std::string tag = "\"" + std::to_string(size) + "-";
    append_hex(tag, hash);
    return tag + '"';
}

constexpr bool is_tag_character(char c) { return c != '"' && c != ' ' && !is_control(c); }

struct TagInList {
    std::string_view quoted;
    bool weak;
};

// Takes a tag off the front of a list; commas may stand in it.
std::optional<TagInList> take_tag(std::string_view& list) {
    const bool weak = list.starts_with("W/");
    if (weak) list.remove_prefix(2);
    if (!list.starts_with('"')) return std::nullopt;
    std::size_t end = 1;
    while (end < list.size() && is_tag_character(list[end])) ++end;
    if (end == list.size() || list[end] != '"') return std::nullopt;
    const TagInList tag{list.substr(0, end + 1), weak};
    list.remove_prefix(end + 1);
    return tag;
}

} // namespace

std::string file_tag(const FileVersion& version) {
    Hash hash;
    hash.add(static_cast<std::uint64_t>(version.modified.time_since_epoch().count()));
    hash.add(version.inode);
    return make_tag(version.size, hash.value());
}

std::string content_tag(std::string_view content) {
    Hash hash;
    hash.add(content);
    return make_tag(content.size(), hash.value());
}

bool lists_tag(std::string_view list, std::string_view tag, TagComparison comparison) {
    while (true) {
        list = trim(list);
        if (list.empty()) return false;
        if (list.starts_with(',')) {
            list.remove_prefix(1);
            continue;
        }
        const auto each = take_tag(list);
        if (!each) return false;
        if (each->quoted == tag && (comparison == TagComparison::weak || !each->weak)) return true;
        list = trim(list);
        if (!list.empty() && !list.starts_with(',')) return false;
    }
}

} // namespace kamaelia::http
