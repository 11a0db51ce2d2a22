// PacketClock: when each packet of an Ogg file begins, from the packets' durations and what its pages say.
//
//     PacketClock clock{durations};
//     for (const auto& [timestamp, duration] : clock.page({.packets = packets, .granule = page.granule})) ...
#pragma once

#include "kamaelia/codec/packet_durations.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kamaelia {

/// One time line for a whole file, in samples from its beginning: a chain's links follow one another on it,
/// as a decoder that goes on hears them. Of a page the last packet's granule position counts, so that nothing
/// drifts and a gap stays as long as it was; but time never goes back, and no gap is longer than
/// `longest_gap`: a position that says so is wrong. The end of a link is counted and not read: what its last
/// page cuts off is heard all the same by who gets the packets.
class PacketClock {
public:
    static constexpr std::int64_t longest_gap_seconds = 60;

    struct Timed {
        std::int64_t timestamp; ///< of its first sample
        std::uint32_t duration; ///< samples

        friend bool operator==(const Timed&, const Timed&) = default;
    };
    /// The packets that end on one page.
    struct Page {
        std::span<const std::string_view> packets;
        std::optional<std::int64_t> granule; ///< behind the last of them, as the page has it
        bool last = false;                   ///< of its link
    };

    /// At the beginning of a file.
    explicit PacketClock(const PacketDurations& durations) noexcept : durations_{durations} {}

    /// One for each packet; good until the next call.
    [[nodiscard]] std::span<const Timed> page(const Page& page);
    /// The next page begins another link, whose headers are the same.
    void begin_link() noexcept;
    /// The next page is from elsewhere, of the link with this base(); where its first packet begins, the page
    /// tells unless it is known.
    void jump(std::int64_t base, std::optional<std::int64_t> position = std::nullopt) noexcept;

    /// What is added to the granule positions of this link. Nothing before one of them was seen.
    [[nodiscard]] std::optional<std::int64_t> base() const noexcept { return base_; }
    /// Behind the last packet; nothing before the first and after a jump.
    [[nodiscard]] std::optional<std::int64_t> position() const noexcept { return position_; }

private:
    [[nodiscard]] std::int64_t begin_of(const Page& page, std::int64_t samples, std::int64_t joint);

    PacketDurations durations_;
    std::optional<std::int64_t> base_;
    std::optional<std::int64_t> position_;
    bool joining_ = false; // the next packet is the first of a link, and a decoder has the one before
    std::vector<Timed> timed_;
};

} // namespace kamaelia
