// How long a packet of Opus is (RFC 6716 section 3.1).
#pragma once

#include <cstdint>
#include <string_view>

namespace kamaelia {

/// In samples of 48 kHz, at most 5760; 0 for what is no packet. `bytes` may go on behind the packet.
[[nodiscard]] std::int64_t opus_packet_samples(std::string_view bytes);

} // namespace kamaelia
