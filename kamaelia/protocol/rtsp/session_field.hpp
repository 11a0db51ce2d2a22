// The Session field: the id of a session, and in an answer how long it lives (RFC 2326 section 12.37).
#pragma once

#include "kamaelia/protocol/rtsp/request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia::rtsp {

/// Of an answer.
struct SessionField {
    std::string id;
    /// After so long without a sign of life the server may end the session: 1 s to a day.
    std::chrono::seconds timeout{60};

    bool operator==(const SessionField&) const = default;
};

/// Nothing where there is no id. A timeout that is missing, 0 or no number is what the RFC has for none; one
/// of more than a day is a day.
[[nodiscard]] std::optional<SessionField> parse_session(std::string_view value);

/// The id that a request names. Empty where there is none, and where two fields name different ones: which
/// one is meant would be a guess. What stands behind it is passed over.
[[nodiscard]] std::string_view named_session(const Request& request);

} // namespace kamaelia::rtsp
