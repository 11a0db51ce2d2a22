// The page for people: what there is to hear, with a button to hear it.
#pragma once

#include "kamaelia/file/media_index.hpp"

#include <string>
#include <string_view>

namespace kamaelia::http {

/// One HTML5 document with everything in it, of the folder at `path` (empty: the media directory itself). It
/// plays the tracks one after the other from /media/; without scripts it still links to them. Served as
/// `text/html; charset=utf-8`.
[[nodiscard]] std::string index_page(std::string_view path, const Folder& folder);

} // namespace kamaelia::http
