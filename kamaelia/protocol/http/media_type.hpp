// Content-Type from a file's name.
#pragma once

#include <string_view>

namespace kamaelia::http {

/// The media type for `name`, a file name or a path, by its extension without regard to case;
/// `application/octet-stream` when that says nothing. Text is declared as UTF-8.
[[nodiscard]] std::string_view media_type(std::string_view name);

/// Whether the media type of `name` is audio or video: something to list and to play.
[[nodiscard]] bool is_playable(std::string_view name);

} // namespace kamaelia::http
