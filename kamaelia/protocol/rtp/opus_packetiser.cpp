#include "kamaelia/protocol/rtp/opus_packetiser.hpp"

#include "kamaelia/protocol/rtp/packet.hpp"

#include <cstddef>
#include <utility>

namespace kamaelia::rtp {
namespace {

constexpr std::size_t largest = 65507 - header_size; // of a UDP datagram over IPv4
constexpr std::size_t largest_silence = 2;           // bytes: a frame of none, or of one

} // namespace

std::string opus_fmtp(unsigned channels) { return channels > 1 ? "sprop-stereo=1" : "sprop-stereo=0"; }

void OpusPacketiser::add(const CodecPacket& packet) {
    if (!packet.data.empty() && packet.data.size() <= largest) added_ = packet;
}

std::optional<Payload> OpusPacketiser::next() {
    const auto packet = std::exchange(added_, std::nullopt);
    if (!packet) return std::nullopt;
    const bool silent = packet->data.size() <= largest_silence;
    const bool after_silence = std::exchange(silent_, silent) || (end_ && packet->timestamp > *end_);
    end_ = packet->timestamp + packet->duration;
    return Payload{.bytes = axon::Bytes{packet->data},
                   .timestamp = packet->timestamp,
                   .duration = packet->duration,
                   .marker = after_silence && !silent};
}

} // namespace kamaelia::rtp
