// Dates in HTTP fields.
#pragma once

#include <chrono>
#include <string>

namespace kamaelia::http {

/// `time` as IMF-fixdate, always 29 characters: "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
/// In every locale the same. Years outside 0000 to 9999 have no such form: the nearest date that has
/// one stands for them.
[[nodiscard]] std::string format_date(std::chrono::sys_seconds time);

} // namespace kamaelia::http
