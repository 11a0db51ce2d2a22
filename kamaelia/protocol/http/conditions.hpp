// Conditional requests: whether the client's copy is still good (RFC 9110 section 13).
//
//     switch (check_conditions(request, validators)) {
//     case Condition::not_modified: ...           // 304
//     case Condition::failed: ...                 // 412
//     case Condition::holds: ...                  // answer; the Range counts if range_counts()
//     }
#pragma once

#include "kamaelia/protocol/http/request.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace kamaelia::http {

/// What the client may have been told of what it asks for.
struct Validators {
    std::string tag{}; ///< strong, with its quotes
    std::chrono::sys_seconds modified{};
    bool has_modified = true; ///< else no Last-Modified was sent, and a date in a condition says nothing
    std::chrono::sys_seconds now{};
};

enum class Condition : std::uint8_t {
    holds,
    not_modified, ///< 304: to GET and HEAD
    failed,       ///< 412
};

/// If-Match, else If-Unmodified-Since; then If-None-Match, else If-Modified-Since, of a request that would
/// be answered with 2xx otherwise (RFC 9110 13.2.2). A date that is none, or comes twice, is ignored; of
/// tags all fields of a name are one list.
[[nodiscard]] Condition check_conditions(const Request& request, const Validators& validators);

/// Whether the Range of `request` counts: it is a GET, and If-Range, if there is one, names just this
/// version (13.1.5). A date names one only when no second change can have come in the same second, that
/// is, when that second is over.
[[nodiscard]] bool range_counts(const Request& request, const Validators& validators);

} // namespace kamaelia::http
