// OggPackets: the packets of the one stream in an Ogg file that is for us, link after link (RFC 3533; Vorbis
// I, A.2; RFC 7845 section 3).
//
//     OggPackets packets;
//     packets.add(front.page);                                      // of look_for_ogg_page()
//     while (const auto event = packets.next())
//         if (const auto* packet = std::get_if<OggPacket>(&*event)) use(packet->data);
#pragma once

#include "kamaelia/codec/ogg_page.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kamaelia {

enum class OggCodec : std::uint8_t { vorbis, opus };

/// A stream begins: the file's first one, or a chain's next link. What follows is its audio.
struct OggLink {
    OggCodec codec;
    std::uint32_t serial;
    std::string identification;
    std::string comment; ///< empty if it was larger than a packet may be
    std::string setup;   ///< of Vorbis

    bool operator==(const OggLink&) const = default;
};

struct OggPacket {
    /// Good until the next call of anything.
    std::string_view data;
    /// Behind it, in samples, at most 2^62; only the last packet that ends on a page has it, and only where
    /// the page's is no nonsense.
    std::optional<std::int64_t> granule;
    bool gap; ///< what was before it is not what was handed out last
};

/// The stream's last page has been read. There may be another link.
struct OggEnd {};

using OggEvent = std::variant<OggLink, OggPacket, OggEnd>;

/// Takes the first Vorbis or Opus stream of each link and skips all others, of which it remembers nothing. A
/// packet that has lost a piece is dropped whole, and the next one says `gap`; so does the first one after a
/// page that is missing. A link whose headers are no headers is skipped. Packets are views of the page, and
/// only one that goes on over pages is put together in a buffer, which lives no longer than that.
class OggPackets {
public:
    /// Bytes of a packet. One that becomes larger is dropped before it is gathered.
    static constexpr std::size_t usual_limit = 1'000'000;

    explicit OggPackets(std::size_t limit = usual_limit) : limit_{limit} {}

    /// When next() has no more of the page before. The page must stay where it is until next() has no more of
    /// it.
    void add(const OggPage& page);
    [[nodiscard]] std::optional<OggEvent> next();

    /// The next page is from elsewhere among the audio of the stream with this serial. Its first packet that
    /// is there in whole is no gap; the rest of one that began before is skipped.
    void jump(std::uint32_t serial);

    /// Bytes that it holds besides itself.
    [[nodiscard]] std::size_t held() const noexcept;

private:
    enum class Phase : std::uint8_t { choosing, headers, audio, over };
    enum class Drop : std::uint8_t { nothing, broken, too_large }; // of the packet that comes in

    void reset();
    void see_first(const OggPage& page);
    void see_order(const OggPage& page);
    void take_page(const OggPage& page);
    void lose();
    void keep(std::string_view piece);
    [[nodiscard]] std::optional<std::string_view> take_packet();
    [[nodiscard]] std::optional<std::string_view> end_packet(std::string_view piece);
    [[nodiscard]] std::optional<OggEvent> use(std::string_view packet);
    [[nodiscard]] std::optional<OggEvent> take_header(std::string_view packet);

    std::size_t limit_;
    Phase phase_ = Phase::choosing;
    OggCodec codec_ = OggCodec::vorbis;
    Drop drop_ = Drop::nothing;
    bool among_first_ = false; // pages: those of all streams of a link stand before any other
    bool chosen_ = false;      // among them
    bool jumped_ = false;
    bool gap_ = false; // for the next packet to tell
    bool last_ = false;
    std::uint8_t headers_ = 0; // that there are
    std::uint32_t serial_ = 0;
    std::optional<std::uint32_t> next_sequence_;
    std::int64_t granule_ = -1;
    std::string_view lacing_; // what is left of the page
    std::string_view body_;
    std::size_t packets_left_ = 0; // that end on it
    std::string begun_;            // a packet's pieces so far
    std::string joined_;           // the packet that was handed out last, if it came in pieces
    std::array<std::string, 3> header_;
};

} // namespace kamaelia
