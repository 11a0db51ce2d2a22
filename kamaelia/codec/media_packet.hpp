// MediaPacket: a packet of a codec on its way between components.
#pragma once

#include "axon/bytes.hpp"
#include "axon/message_type.hpp"
#include "axon/weight.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kamaelia {

struct MediaPacket {
    axon::Bytes data;
    std::int64_t timestamp; ///< of its first sample, in samples of the stream's clock
    std::uint32_t duration; ///< samples
};

} // namespace kamaelia

template <>
struct axon::Weight<kamaelia::MediaPacket> {
    static std::size_t of(const kamaelia::MediaPacket& packet) noexcept { return packet.data.size(); }
};

template <>
struct axon::MessageName<kamaelia::MediaPacket> {
    static constexpr std::string_view value = "MediaPacket";
};
