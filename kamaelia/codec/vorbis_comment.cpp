#include "kamaelia/codec/vorbis_comment.hpp"

#include "kamaelia/codec/byte_reader.hpp"
#include "kamaelia/codec/tag_text.hpp"

#include <algorithm>
#include <string>

namespace kamaelia {
namespace {

constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_key(std::string_view key, std::string_view wanted) {
    return std::ranges::equal(key, wanted, {}, upper);
}

} // namespace

void read_vorbis_comment(std::string_view block, MediaInfo& info) {
    ByteReader reader{block};
    reader.skip(reader.little_endian(4)); // the vendor
    for (auto left = reader.little_endian(4); left > 0 && reader.good(); --left) {
        const auto comment = reader.take(reader.little_endian(4));
        const auto equals = comment.find('=');
        if (equals == std::string_view::npos) continue;
        const auto key = comment.substr(0, equals);
        auto* const text = is_key(key, "TITLE")    ? &info.title
                           : is_key(key, "ARTIST") ? &info.artist
                                                   : nullptr;
        if (text && text->empty()) *text = clean_text(comment.substr(equals + 1));
    }
}

} // namespace kamaelia
