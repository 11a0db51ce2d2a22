// Dates in the fields of HTTP and RTSP.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia {

/// `time` as IMF-fixdate, always 29 characters: "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
/// In every locale the same. Years outside 0000 to 9999 have no such form: the nearest date that has
/// one stands for them.
[[nodiscard]] std::string format_date(std::chrono::sys_seconds time);

/// Reads a date in any of the three forms of RFC 9110 5.6.7, as they are written there: IMF-fixdate, that
/// of RFC 850 ("Sunday, 06-Nov-94 08:49:37 GMT") and that of asctime() ("Sun Nov  6 08:49:37 1994"). A
/// year of two digits that would be more than 50 years after `now` is of the century before. That the day
/// of the week is right is not checked; a second may be the 60th. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_date(std::string_view text,
                                                                 std::chrono::sys_seconds now);

} // namespace kamaelia
