#include "kamaelia/protocol/rtsp/track.hpp"

#include "kamaelia/codec/opus_headers.hpp"
#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"
#include "kamaelia/protocol/syntax.hpp"

#include <optional>
#include <utility>

namespace kamaelia::rtsp {
namespace {

constexpr double share_of_rtcp = 0.05;     // RFC 3550 6.2
constexpr double usual_bandwidth = 16'000; // octets a second, where nothing is said: 128 kbit/s

double rtcp_bandwidth_of(const sdp::Media& media) {
    double stream = usual_bandwidth;
    std::optional<double> senders;
    std::optional<double> receivers;
    for (const auto& [modifier, value] : media.bandwidth) {
        if (modifier == "AS") stream = static_cast<double>(value) * 1000 / 8;
        if (modifier == "RS") senders = static_cast<double>(value) / 8;
        if (modifier == "RR") receivers = static_cast<double>(value) / 8;
    }
    if (receivers == 0.0) return 0;
    const double all = stream * share_of_rtcp;
    return senders.value_or(all / 4) + receivers.value_or(all * 3 / 4);
}

std::expected<void, std::string> read_vorbis(const sdp::Media& media, Track& track) {
    auto configuration = rtp::parse_vorbis_fmtp(media.parameters);
    if (!configuration) return std::unexpected{"its Vorbis has no configuration that can be read"};
    OggLink headers{.codec = OggCodec::vorbis,
                    .serial = 0,
                    .identification = std::move(configuration->identification),
                    .comment = std::move(configuration->comment),
                    .setup = std::move(configuration->setup)};
    auto durations = PacketDurations::of(headers);
    if (!durations) return std::unexpected{"its Vorbis cannot be decoded: " + durations.error()};
    if (durations->rate() != media.clock_rate)
        return std::unexpected{"its Vorbis has a clock that is not its sample rate"};
    const auto read = read_vorbis_headers(headers.identification, headers.setup);
    track.format = {std::move(headers), *durations, read->channels};
    track.ident = configuration->ident;
    return {};
}

std::expected<void, std::string> read_opus(const sdp::Media& media, Track& track) {
    if (media.clock_rate != 48'000 || media.channels != 2)
        return std::unexpected{"its Opus is not opus/48000/2"};
    const std::uint8_t channels = media.parameters.contains("sprop-stereo=1") ? 2 : 1;
    OggLink headers{.codec = OggCodec::opus,
                    .serial = 0,
                    .identification = plain_opus_head(channels),
                    .comment = {},
                    .setup = {}};
    auto durations = PacketDurations::of(headers);
    track.format = {std::move(headers), *durations, channels};
    return {};
}

std::expected<void, std::string> read_media(const sdp::Media& media, Track& track) {
    const bool vorbis = iequals(media.encoding, "vorbis");
    if (media.type != "audio" || media.protocol != "RTP/AVP" || !media.payload_type ||
        *media.payload_type > 127 || (!vorbis && !iequals(media.encoding, "opus")))
        return std::unexpected{"it has no audio of Vorbis or Opus"};
    track.payload_type = *media.payload_type;
    track.rtcp_bandwidth = rtcp_bandwidth_of(media);
    return vorbis ? read_vorbis(media, track) : read_opus(media, track);
}

} // namespace

std::string join_control(std::string_view base, std::string_view control) {
    if (control.empty() || control == "*") return std::string{base};
    if (control.contains("://")) return std::string{control};
    std::string url{base};
    if (!url.ends_with('/')) url += '/';
    return url.append(control);
}

std::expected<Track, std::string> choose_track(const sdp::Description& description, std::string_view base) {
    std::string why = "it has no audio of Vorbis or Opus";
    for (const sdp::Media& media : description.media) {
        Track track{};
        if (auto read = read_media(media, track); !read) {
            if (media.type == "audio") why = std::move(read.error());
            continue;
        }
        track.presentation = join_control(base, description.control);
        track.url = join_control(base, media.control);
        return track;
    }
    return std::unexpected{std::move(why)};
}

} // namespace kamaelia::rtsp
