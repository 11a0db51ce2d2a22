// The page for people: what there is to hear, with a button to hear it.
#pragma once

#include "kamaelia/file/media_root.hpp"

#include <string>

namespace kamaelia::http {

/// One HTML5 document with everything in it: it plays the files of `listing` from /media/, and
/// without scripts it still links to them. Served as `text/html; charset=utf-8`.
[[nodiscard]] std::string index_page(const MediaListing& listing);

} // namespace kamaelia::http
