// Text from the tags of a file, made fit to be shown: whatever the encoding, and whatever is in it.
#pragma once

#include <string>
#include <string_view>

namespace kamaelia {

/// UTF-8 as it is, with U+FFFD for what is none and a space for each control character, without space at
/// either end, cut at a character where it is longer than MediaInfo::longest_text.
[[nodiscard]] std::string clean_text(std::string_view utf8);

[[nodiscard]] std::string utf8_from_latin1(std::string_view text);

/// Of UTF-16; a byte order mark says which, else it is as `big_endian`. U+FFFD for half a pair.
[[nodiscard]] std::string utf8_from_utf16(std::string_view text, bool big_endian);

} // namespace kamaelia
