// ConnectionEnds: the two addresses of the connection that a protocol speaks over, and how much it holds
// back.
//
//     const auto ends = kamaelia::ends_of(*this);             // in a protocol
//     if (ends && !ends->peer.is_unix()) ...
//     kamaelia::limit_backlog(*this, {.bytes = 16 * 1024, .messages = 20});
#pragma once

#include "axon/component.hpp"
#include "kamaelia/internet/address.hpp"
#include "kamaelia/internet/backlog.hpp"

#include <cstdint>
#include <optional>

namespace kamaelia {

struct ConnectionEnds {
    Address local; ///< ours
    Address peer;  ///< the client's
};

/// A component around a protocol that knows where its bytes come from.
class HasEnds {
public:
    HasEnds(const HasEnds&) = delete;
    HasEnds& operator=(const HasEnds&) = delete;
    virtual ~HasEnds() = default;

    [[nodiscard]] virtual ConnectionEnds ends() const = 0;
    virtual void limit_backlog(const Backlog& most) noexcept { (void)most; }
    virtual void drop_unsent() noexcept {}
    virtual void count_sent(std::uint64_t bytes) noexcept { (void)bytes; }

protected:
    HasEnds() = default;
};

/// About so much of what `part` sends waits on its way to the client, and no more: for what is of no use when
/// it comes late. Else a connection takes megabytes from who is faster than the client.
void limit_backlog(const axon::Component& part, const Backlog& most) noexcept;

/// Once the protocol ends, what the client has not taken is dropped: it has taken nothing for too long. Else
/// it would have ConnectedSocketAdapter::flush_patience for that.
void drop_unsent(const axon::Component& part) noexcept;

/// Bytes that have left beside the connection, in datagrams, are among what it has sent.
void count_sent(const axon::Component& part, std::uint64_t bytes) noexcept;

/// Those of the innermost around `part`; nothing where there is none, as in a test without a network.
[[nodiscard]] std::optional<ConnectionEnds> ends_of(const axon::Component& part);

} // namespace kamaelia
