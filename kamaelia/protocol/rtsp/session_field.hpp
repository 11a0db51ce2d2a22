// The Session field of an answer: the id of a session, and how long it lives (RFC 2326 section 12.37).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia::rtsp {

struct SessionField {
    std::string id;
    /// After so long without a sign of life the server may end the session: 1 s to a day.
    std::chrono::seconds timeout{60};

    bool operator==(const SessionField&) const = default;
};

/// Nothing where there is no id. A timeout that is missing, 0 or no number is what the RFC has for none; one
/// of more than a day is a day.
[[nodiscard]] std::optional<SessionField> parse_session(std::string_view value);

} // namespace kamaelia::rtsp
