// The Range field: which part of a presentation to play, in normal play time (RFC 2326 sections 3.6, 12.29).
//
//     const auto range = requested_range(request);
//     if (!range) ...                                            // status_of(range.error())
//     if (*range) start = (*range)->start;                       // else: from where it was paused
//     const auto point = requested_pause_point(request);         // of a PAUSE: one time
#pragma once

#include "kamaelia/protocol/rtsp/request.hpp"
#include "kamaelia/protocol/rtsp/status.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia::rtsp {

/// A point in normal play time.
struct NptTime {
    bool now = false;                ///< the present of a live stream; `time` is then nothing
    std::chrono::nanoseconds time{}; ///< from the beginning, never negative
    bool operator==(const NptTime&) const = default;
};

/// One end at least is there; start is not after end.
struct NptRange {
    std::optional<NptTime> start{}; ///< nothing: `-5`, from where it stands up to there
    std::optional<NptTime> end{};   ///< nothing: to the end of the presentation
    bool operator==(const NptRange&) const = default;
};

enum class RangeError : std::uint8_t {
    malformed,  ///< 400
    other_unit, ///< smpte=, clock= or another that is not understood: 501 (RFC 2326 12.29)
    backward,   ///< 457: it ends before it starts
    several,    ///< 457: more than one range or field, or a range where one time is wanted
};

[[nodiscard]] Status status_of(RangeError error);

/// Reads the value of a Range field. A time of more than 9223372036 s is that, and beyond the end of
/// anything; of a fraction nine digits count. A `;time=` behind it does not change what is played, and is
/// passed over: what is to be done later is done at once, as in every server that players know.
[[nodiscard]] std::expected<NptRange, RangeError> parse_range(std::string_view value);

/// That of a request, if it has one.
[[nodiscard]] std::expected<std::optional<NptRange>, RangeError> requested_range(const Request& request);

/// Reads the value of a PAUSE's Range field, which is one time (RFC 2326 10.6): `npt=5`, or as 12.29 writes
/// it, `npt=5-`.
[[nodiscard]] std::expected<NptTime, RangeError> parse_pause_point(std::string_view value);

/// That of a request, if it has one.
[[nodiscard]] std::expected<std::optional<NptTime>, RangeError> requested_pause_point(const Request& request);

/// In seconds, with the digits that it takes to be exact: `9.935238095`, `30`.
[[nodiscard]] std::string format_npt(std::chrono::nanoseconds time);

/// The value of a Range field, and of SDP's a=range: `npt=9.935238095-30`, `npt=now-`.
[[nodiscard]] std::string format_range(const NptRange& range);

} // namespace kamaelia::rtsp
