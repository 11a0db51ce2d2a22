// EndReason: why a connection has ended, as its log line and kamaelia_disconnects_total{reason} say it.
//
//     kamaelia::tell_end_reason(*this, kamaelia::EndReason::timeout);     // in a protocol, before it ends
#pragma once

#include "axon/component.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <system_error>

namespace kamaelia {

enum class EndReason : std::uint8_t {
    client_closed,  ///< the client was done first, perhaps in the midst of what was sent to it
    finished,       ///< the protocol was done
    protocol_error, ///< the client sent what the protocol does not take
    unauthorized,   ///< the client had a wrong user or password too often, or its user is let in no more
    timeout,        ///< the client was silent, or took nothing of what was sent, for too long
    lost,           ///< the connection died: nothing comes from the client's side any more
    failed,         ///< the protocol failed, or a file that was being sent; the log has said how
    stopped,        ///< the server was stopped
};

inline constexpr std::array end_reasons{
    EndReason::client_closed, EndReason::finished, EndReason::protocol_error, EndReason::unauthorized,
    EndReason::timeout,       EndReason::lost,     EndReason::failed,         EndReason::stopped};

/// The enumerator's name.
[[nodiscard]] std::string_view to_string(EndReason reason) noexcept;

/// Of a connection that ended with this error: a program that closes what it has not read to its end resets
/// it (RFC 9293 3.10.4), as players do that are stopped or skip.
[[nodiscard]] EndReason reason_of(std::error_code error) noexcept;

/// Said by a component of a protocol that knows better than its connection. Of several the first counts;
/// outside of a Connection nobody hears it.
void tell_end_reason(const axon::Component& part, EndReason reason) noexcept;

} // namespace kamaelia
