// A session description: from text to a value.
#pragma once

#include "kamaelia/protocol/sdp/description.hpp"

#include <cstddef>
#include <expected>
#include <string_view>

namespace kamaelia::sdp {

/// Where, and what is wrong there.
struct ParseError {
    std::size_t line = 0;    ///< from 1
    std::string_view what{}; ///< one line for people and logs; a literal
};

/// More media than this are refused.
inline constexpr std::size_t media_limit = 64;

/// Reads what servers send (ours, GStreamer's and live555's among them): lines end in CRLF or LF, lines and
/// attributes that Description has no place for are passed over, and so are those of a payload type that is
/// not the first of its media. What is missing stays as an empty Description has it, but for the name "-",
/// which is none.
[[nodiscard]] std::expected<Description, ParseError> parse_description(std::string_view text);

} // namespace kamaelia::sdp
