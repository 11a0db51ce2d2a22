// Backlog: how much may be on its way to a client at once.
#pragma once

#include <cstddef>

namespace kamaelia {

/// What has been handed to a connection and was not acknowledged. A network of long ways needs as much as is
/// sent in a round trip.
struct Backlog {
    std::size_t bytes;
    std::size_t messages; ///< the system needs something around each
};

} // namespace kamaelia
