// ConnectionEnds: the two addresses of the connection that a protocol speaks over.
//
//     const auto ends = kamaelia::ends_of(*this);             // in a protocol
//     if (ends && !ends->peer.is_unix()) ...
#pragma once

#include "axon/component.hpp"
#include "kamaelia/internet/address.hpp"

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

protected:
    HasEnds() = default;
};

/// Those of the innermost around `part`; nothing where there is none, as in a test without a network.
[[nodiscard]] std::optional<ConnectionEnds> ends_of(const axon::Component& part);

} // namespace kamaelia
