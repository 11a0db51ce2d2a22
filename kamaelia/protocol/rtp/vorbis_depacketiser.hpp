// VorbisDepacketiser: the packets of Vorbis in payloads of RTP (RFC 5215 sections 2 and 5).
#pragma once

#include "kamaelia/protocol/rtp/packet.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kamaelia::rtp {

/// Why a payload brought nothing.
enum class VorbisDrop : std::uint8_t {
    cut_off,     ///< shorter than it says, or longer, or no packet in it
    other_ident, ///< of a configuration that there is not
    not_audio,   ///< a configuration, a comment, or data of a kind that there is not
    fragment,    ///< of a packet that lost another one
    too_large,   ///< fragments of a packet over the limit
};

/// Packets must be given in the order of their sequence numbers; those that are missing cost what was in them
/// and the other fragments of the same packet.
class VorbisDepacketiser {
public:
    static constexpr std::size_t usual_limit = 1'000'000;

    /// `ident` is the configuration's, `limit` the bytes of a packet in fragments.
    explicit VorbisDepacketiser(std::uint32_t ident, std::size_t limit = usual_limit)
        : ident_{ident}, limit_{limit} {}

    /// The packets that are whole with this one, oldest first: none or one for a fragment, at most 15. The
    /// views are good until the next call, and as long as `packet`.
    [[nodiscard]] std::expected<std::span<const std::string_view>, VorbisDrop> add(const Packet& packet);

private:
    using Result = std::expected<std::span<const std::string_view>, VorbisDrop>;

    Result add_whole(std::string_view rest, unsigned count);
    Result add_fragment(const Header& header, std::string_view data, unsigned kind);
    Result drop(VorbisDrop reason);

    std::uint32_t ident_;
    std::size_t limit_;
    std::string begun_;                   // the fragments so far
    std::optional<Header> last_fragment_; // of a packet that is not whole yet
    std::array<std::string_view, 15> packets_;
};

} // namespace kamaelia::rtp
