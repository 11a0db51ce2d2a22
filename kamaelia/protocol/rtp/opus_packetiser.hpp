// OpusPacketiser: packets of Opus into payloads of RTP (RFC 7587), and what SDP says of them.
//
//     a=rtpmap:96 opus/48000/2
//     a=fmtp:96 sprop-stereo=1
#pragma once

#include "kamaelia/protocol/rtp/payload.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace kamaelia::rtp {

/// What a=fmtp says behind the payload type: without the hint a player makes stereo into mono (6.1).
[[nodiscard]] std::string opus_fmtp(unsigned channels);

/// A packet is a payload (4.2): none waits for others, none is cut, so one of many long frames is larger than
/// an MTU and left to IP. Timestamps and durations are in samples of 48 kHz (4.1).
class OpusPacketiser {
public:
    /// When next() has no more. One of no bytes is left out, and so is one that no datagram holds. The data
    /// must stay until next() has no more.
    void add(const CodecPacket& packet);
    /// Nothing waits.
    void flush() noexcept {}
    /// The marker is on the first packet after silence: after a pause in the timestamps, or packets that say
    /// only that the encoder sends nothing (RFC 6716 2.1.9).
    [[nodiscard]] std::optional<Payload> next();

private:
    std::optional<CodecPacket> added_;
    std::optional<std::int64_t> end_; // of the packet before
    bool silent_ = false;             // it was
};

} // namespace kamaelia::rtp
