#include "kamaelia/codec/id3.hpp"

#include "kamaelia/codec/byte_reader.hpp"
#include "kamaelia/codec/tag_text.hpp"

#include <string>

namespace kamaelia {
namespace {

// Seven bits a byte.
std::uint64_t synchsafe(ByteReader& reader) {
    const auto raw = reader.big_endian(4);
    return (raw & 0x7F) | (raw >> 1 & 0x3F80) | (raw >> 2 & 0x1F'C000) | (raw >> 3 & 0xFE0'0000);
}

// The first of a frame's texts: its first byte is the encoding.
std::string text_of(std::string_view frame) {
    if (frame.empty()) return {};
    const char encoding = frame.front();
    frame.remove_prefix(1);
    std::string text;
    switch (encoding) {
    case 0: text = utf8_from_latin1(frame); break;
    case 1:
    case 2: text = utf8_from_utf16(frame, true); break;
    case 3: text = frame; break;
    default: return {};
    }
    return clean_text(std::string_view{text}.substr(0, text.find('\0')));
}

void keep(std::string_view name, std::string_view frame, MediaInfo& info) {
    const bool title = name == "TIT2" || name == "TT2";
    const bool artist = name == "TPE1" || name == "TP1";
    auto* const text = title ? &info.title : artist ? &info.artist : nullptr;
    if (text && text->empty()) *text = text_of(frame);
}

std::string old_text(std::string_view field) {
    return clean_text(utf8_from_latin1(field.substr(0, field.find('\0'))));
}

} // namespace

std::uint64_t read_id3v2(std::string_view head, MediaInfo& info) {
    if (!head.starts_with("ID3")) return 0;
    ByteReader reader{head.substr(3)};
    const auto version = reader.big_endian(1);
    reader.skip(1);
    const auto flags = reader.big_endian(1);
    const auto size = synchsafe(reader);
    if (!reader.good() || version < 2 || version > 4) return 0;
    ByteReader frames{reader.rest().substr(0, size)};
    if ((flags & 0x40) != 0 && version == 3) frames.skip(frames.big_endian(4));
    if ((flags & 0x40) != 0 && version == 4) {
        const auto extended = synchsafe(frames);
        frames.skip(extended > 4 ? extended - 4 : 0);
    }
    const std::size_t name_size = version == 2 ? 3 : 4;
    while (frames.good()) {
        const auto name = frames.take(name_size);
        if (name.empty() || name[0] == '\0') break; // padding
        const auto frame_size = version == 4 ? synchsafe(frames) : frames.big_endian(name_size);
        if (version > 2) frames.skip(2);
        if (!frames.good()) break;
        keep(name, frames.rest().substr(0, frame_size), info);
        frames.skip(frame_size);
    }
    const bool footer = version == 4 && (flags & 0x10) != 0;
    return 10 + size + (footer ? 10 : 0);
}

bool read_id3v1(std::string_view tail, MediaInfo& info) {
    if (tail.size() < id3v1_size) return false;
    const auto tag = tail.substr(tail.size() - id3v1_size);
    if (!tag.starts_with("TAG")) return false;
    if (info.title.empty()) info.title = old_text(tag.substr(3, 30));
    if (info.artist.empty()) info.artist = old_text(tag.substr(33, 30));
    return true;
}

} // namespace kamaelia
