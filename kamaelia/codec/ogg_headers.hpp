// OggHeaders: the header packets of one logical stream, and where its audio begins.
#pragma once

#include "kamaelia/codec/media_info.hpp"
#include "kamaelia/codec/ogg_pages.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kamaelia {

/// Give it the first page's body, then the stream's other pages, until it knows the start.
class OggHeaders {
public:
    /// Whether it is the first packet of a stream that it can read.
    bool identify(std::string_view packet);
    void add(const OggPage& page);
    /// No page follows: what there is of a header counts.
    void end();

    [[nodiscard]] bool know_the_start() const noexcept { return audio_pages_ == 2; }
    /// In samples a second, as granule positions count them; 0 where it is unknown.
    [[nodiscard]] std::uint32_t rate() const noexcept { return rate_; }
    /// The granule position where the audio begins; a player drops what is before it.
    [[nodiscard]] std::int64_t start() const noexcept { return start_; }
    [[nodiscard]] const MediaInfo& info() const noexcept { return info_; }

private:
    enum class Codec : std::uint8_t { unknown, vorbis, opus, flac, speex };

    bool identify_vorbis(std::string_view packet);
    bool identify_opus(std::string_view packet);
    bool identify_flac(std::string_view packet);
    bool identify_speex(std::string_view packet);
    void take_header();
    void add_headers(const OggPage& page);
    void add_audio(const OggPage& page);
    [[nodiscard]] std::int64_t opus_samples(const OggPage& page) const;

    Codec codec_ = Codec::unknown;
    std::uint32_t rate_ = 0;
    unsigned headers_left_ = 0;
    unsigned most_samples_ = 0; ///< of a packet; 0: not known
    std::int64_t pre_skip_ = 0;
    std::int64_t start_ = 0;
    std::int64_t first_position_ = 0;
    unsigned first_packets_ = 0;
    unsigned audio_pages_ = 0;
    std::string packet_; ///< the header that is coming in
    MediaInfo info_;
};

} // namespace kamaelia
