// Traffic: what has gone through the sockets of one server, all together.
#pragma once

#include "axon/value.hpp"

#include <cstdint>

namespace kamaelia {

/// Counted at each read and write, so that what runs for hours is seen while it does.
struct Traffic {
    axon::Value<std::uint64_t>& received; ///< bytes
    axon::Value<std::uint64_t>& sent;     ///< bytes that the kernel has taken, and those of datagrams
};

} // namespace kamaelia
