// MediaDepacketiser: packets of Vorbis or Opus, each with its time, out of packets of RTP (RFC 5215, RFC
// 7587).
//
//     auto depacketiser = MediaDepacketiser::of_vorbis(ident, headers);
//     depacketiser.begin({.rtp_time = info.rtptime, .timestamp = 441'000});
//     depacketiser.add(packet);
//     while (auto media = depacketiser.next()) co_await outbox.send(*std::move(media));
#pragma once

#include "kamaelia/codec/media_packet.hpp"
#include "kamaelia/codec/vorbis_durations.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"
#include "kamaelia/protocol/rtp/vorbis_depacketiser.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace kamaelia::rtp {

/// What RTP's timestamps mean: this one is that sample. Without it, the next packet's is.
struct MediaBeginning {
    std::optional<std::uint32_t> rtp_time{};
    std::int64_t timestamp = 0; ///< in samples of the stream's clock
};

/// A packet of RTP must follow on those before: one that is late or comes twice is dropped. What the first
/// packet of Vorbis brings depends on one that is not there, after a beginning and after a loss; the packets
/// of that payload wait until the next payload tells when they end.
class MediaDepacketiser {
public:
    /// `ident` is the configuration's.
    [[nodiscard]] static MediaDepacketiser of_vorbis(std::uint32_t ident, const VorbisHeaders& headers);
    [[nodiscard]] static MediaDepacketiser of_opus();

    /// What is added from now on is reckoned from there, and does not follow on what was before. Before the
    /// first one the next packet's first sample is number 0.
    void begin(const MediaBeginning& beginning);
    void add(const Packet& packet);
    /// Nothing more comes: nothing waits.
    void flush();
    /// Oldest first.
    [[nodiscard]] std::optional<kamaelia::MediaPacket> next();

    /// Packets of RTP that brought nothing: late, or not what they should be.
    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

private:
    struct Vorbis {
        VorbisDepacketiser depacketiser;
        VorbisDurations durations;
    };

    MediaDepacketiser() = default;
    [[nodiscard]] bool follows(std::uint16_t sequence);
    [[nodiscard]] std::int64_t timestamp_of(std::uint32_t rtp_time);
    void add_vorbis(const Packet& packet, std::int64_t timestamp);
    void lose();
    void settle(std::optional<std::int64_t> end);

    std::optional<Vorbis> vorbis_;          // else it is Opus
    std::optional<std::uint32_t> rtp_time_; // that timestamp_ is of; nothing: of the next packet
    std::int64_t timestamp_ = 0;
    std::optional<std::uint16_t> sequence_; // of the last packet
    bool fresh_ = true;                     // the packet before the next one is not there
    std::size_t waiting_ = 0;               // of the last ones: until their times are known
    std::deque<kamaelia::MediaPacket> ready_;
    std::uint64_t dropped_ = 0;
};

} // namespace kamaelia::rtp
