#include "kamaelia/protocol/rtsp/description.hpp"

#include "kamaelia/codec/opus_headers.hpp"
#include "kamaelia/codec/sample_time.hpp"
#include "kamaelia/codec/vorbis_headers.hpp"
#include "kamaelia/protocol/rtp/opus_packetiser.hpp"
#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"
#include "kamaelia/protocol/rtsp/range.hpp"

#include <algorithm>
#include <utility>

namespace kamaelia::rtsp {
namespace {

// False where the headers are no headers.
bool say_codec(sdp::Media& media, const OggMap& map) {
    const auto identification = map.identification.view();
    if (map.codec == OggCodec::opus) {
        const auto head = read_opus_head(identification);
        if (!head || !has_rtp_format(map)) return false;
        media.encoding = "opus";
        media.channels = 2; // always (RFC 7587 7)
        media.parameters = rtp::opus_fmtp(head->channels);
        return true;
    }
    const auto headers = read_vorbis_headers(identification, map.setup.view());
    auto parameters = rtp::vorbis_fmtp(identification, map.setup.view());
    if (!headers || !parameters) return false;
    media.encoding = "vorbis";
    media.channels = headers->channels;
    media.parameters = *std::move(parameters);
    return true;
}

} // namespace

bool has_rtp_format(const OggMap& map) {
    if (map.codec != OggCodec::opus) return true;
    const auto head = read_opus_head(map.identification.view());
    return head && head->mapping == 0;
}

double bandwidth_of(const OggMap& map) {
    std::uint64_t size = 0;
    for (const auto& link : map.links) size += link.end - link.audio;
    const auto seconds = std::max(static_cast<double>(map.length()) / map.durations.rate(), 1.0);
    return static_cast<double>(size) * 8 * 1.04 / seconds;
}

std::optional<sdp::Description> describe(const OggMap& map, double bandwidth, const Url& url) {
    const auto rate = map.durations.rate();
    sdp::Media media;
    media.payload_type = payload_type;
    media.bandwidth.push_back({.value = static_cast<std::uint64_t>(bandwidth / 1000) + 1});
    media.clock_rate = rate;
    media.control = control_url(url, only_track);
    if (!say_codec(media, map)) return std::nullopt;
    sdp::Description description;
    description.control = content_base(url);
    description.range =
        format_range({.start = NptTime{}, .end = NptTime{.time = time_of_samples(map.length(), rate)}});
    description.media.push_back(std::move(media));
    return description;
}

} // namespace kamaelia::rtsp
