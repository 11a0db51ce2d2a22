#include "kamaelia/protocol/rtp/media_depacketiser.hpp"

#include "kamaelia/codec/opus_packet.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace kamaelia::rtp {
namespace {

// Whether a packet brings so many samples behind a block of either size.
bool may_last(const VorbisHeaders& headers, std::string_view packet, std::int64_t samples) {
    const std::int64_t block = headers.block_size(packet);
    return samples == (block + headers.short_block) / 4 || samples == (block + headers.long_block) / 4;
}

} // namespace

MediaDepacketiser MediaDepacketiser::of_vorbis(std::uint32_t ident, const VorbisHeaders& headers) {
    MediaDepacketiser depacketiser;
    depacketiser.vorbis_.emplace(VorbisDepacketiser{ident}, VorbisDurations{headers});
    return depacketiser;
}

MediaDepacketiser MediaDepacketiser::of_opus() { return {}; }

void MediaDepacketiser::begin(const MediaBeginning& beginning) {
    lose();
    sequence_.reset();
    rtp_time_ = beginning.rtp_time;
    timestamp_ = beginning.timestamp;
}

void MediaDepacketiser::add(const Packet& packet) {
    if (!follows(packet.header.sequence)) {
        ++dropped_;
        return;
    }
    const auto timestamp = timestamp_of(packet.header.timestamp);
    if (vorbis_) return add_vorbis(packet, timestamp);
    const auto samples = static_cast<std::uint32_t>(opus_packet_samples(packet.payload));
    if (samples == 0) {
        ++dropped_;
        return;
    }
    ready_.push_back({axon::Bytes{packet.payload}, timestamp, samples});
}

// Whether it comes after those before; those that are missing between them are lost.
bool MediaDepacketiser::follows(std::uint16_t sequence) {
    const auto last = sequence_;
    const auto step = static_cast<std::int16_t>(sequence - last.value_or(sequence));
    if (last && step <= 0) return false;
    if (last && step > 1) lose();
    sequence_ = sequence;
    return true;
}

// They wrap: what counts is how far one is from the one before.
std::int64_t MediaDepacketiser::timestamp_of(std::uint32_t rtp_time) {
    const auto before = std::exchange(rtp_time_, rtp_time).value_or(rtp_time);
    return timestamp_ += static_cast<std::int32_t>(rtp_time - before);
}

void MediaDepacketiser::add_vorbis(const Packet& packet, std::int64_t timestamp) {
    const auto packets = vorbis_->depacketiser.add(packet);
    if (!packets) {
        ++dropped_;
        return lose();
    }
    if (packets->empty()) return;
    settle(timestamp);
    const bool waits = std::exchange(fresh_, false);
    for (const auto data : *packets) {
        const auto duration = vorbis_->durations.next(data);
        ready_.push_back({axon::Bytes{data}, timestamp, duration});
        timestamp += duration;
    }
    if (waits) waiting_ = packets->size();
}

void MediaDepacketiser::lose() {
    settle(std::nullopt);
    if (vorbis_) vorbis_->durations.reset();
    fresh_ = true;
}

// The first of those that wait lasts as long as is left of the time until the payload behind them, if that is
// what it may last at all: there may be a gap between them.
void MediaDepacketiser::settle(std::optional<std::int64_t> end) {
    const auto count = std::exchange(waiting_, 0);
    if (count == 0 || !end) return;
    auto each = ready_.end() - static_cast<std::ptrdiff_t>(count);
    const auto left = *end - (ready_.back().timestamp + ready_.back().duration);
    if (!may_last(vorbis_->durations.headers(), each->data.view(), left)) return;
    each->duration = static_cast<std::uint32_t>(left);
    while (++each != ready_.end()) each->timestamp += left;
}

void MediaDepacketiser::flush() { settle(std::nullopt); }

std::optional<kamaelia::MediaPacket> MediaDepacketiser::next() {
    if (ready_.size() == waiting_) return std::nullopt;
    auto packet = std::move(ready_.front());
    ready_.pop_front();
    return packet;
}

} // namespace kamaelia::rtp
