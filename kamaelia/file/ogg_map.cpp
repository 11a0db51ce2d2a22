#include "kamaelia/file/ogg_map.hpp"

#include "kamaelia/codec/packet_clock.hpp"
#include "kamaelia/codec/page_search.hpp"
#include "kamaelia/file/ogg_file_pages.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace kamaelia {
namespace {

constexpr std::uint64_t most_of_headers =
    std::uint64_t{4} * 1024 * 1024;                                // bytes: a comment may hold pictures
constexpr std::uint64_t most_between = std::uint64_t{1024} * 1024; // bytes of other streams between two pages
constexpr std::uint64_t tail_size = std::uint64_t{160} * 1024;     // bytes: two of the largest pages and more

// What a page brings of the stream that is for us.
struct Taken {
    std::vector<std::string> packets;
    std::optional<std::int64_t> granule;
    std::optional<OggLink> link;
    bool last = false;
};

Taken take(OggPackets& packets, const OggPage& page) {
    Taken taken;
    packets.add(page);
    while (auto event = packets.next()) {
        if (auto* const link = std::get_if<OggLink>(&*event)) {
            taken.link = std::move(*link);
        } else if (const auto* const packet = std::get_if<OggPacket>(&*event)) {
            taken.packets.emplace_back(packet->data);
            taken.granule = packet->granule;
        } else {
            taken.last = true;
        }
    }
    return taken;
}

// A position that no sum of which can be made is a wrong one.
bool is_before(const OggPage& page, const OggMapLink& link, std::int64_t target) {
    constexpr auto most = std::int64_t{1} << 62U;
    return page.granule <= most && link.base + page.granule <= target;
}

// Reads a file from its beginning on, in large steps.
class Mapper {
public:
    Mapper(int file, std::uint64_t size) : size_{size}, pages_{file, size} {}

    std::expected<OggMap, std::string> map() {
        auto headers = next_headers(0);
        if (!headers) return std::unexpected{"it has no Vorbis and no Opus"};
        auto durations = PacketDurations::of(*headers);
        if (!durations) return std::unexpected{std::move(durations.error())};
        OggMap map{.codec = headers->codec,
                   .identification = axon::Bytes{headers->identification},
                   .setup = axon::Bytes{headers->setup},
                   .durations = *durations,
                   .links = {}};
        durations_ = map.durations;
        clock_.emplace(map.durations);
        while (add_link(map) && map.links.back().end < size_) {
            const auto next = next_headers(map.links.back().end);
            if (!next || !map.plays(*next) || map.links.size() >= most_links) break;
            clock_->begin_link();
        }
        if (map.links.empty() || !has_audio_) return std::unexpected{"it has no audio"};
        if (map.length() <= 0) return std::unexpected{"its times make no sense"};
        return map;
    }

private:
    // Of the link that begins there or later; the pages then go on with its audio.
    std::optional<OggLink> next_headers(std::uint64_t from) {
        packets_ = OggPackets{};
        pages_.go_to(from);
        while (const auto page = pages_.next()) {
            if (auto taken = take(packets_, page->page); taken.link) {
                audio_ = timed_ = page->place.end;
                serial_ = taken.link->serial;
                return std::move(taken.link);
            }
            if (page->place.end - from > most_of_headers) break;
        }
        return std::nullopt;
    }

    // False where it has no audio that lasts.
    bool add_link(OggMap& map) {
        const auto first = clock_->position().value_or(0);
        while (!clock_->base()) {
            const auto page = pages_.next();
            if (!page || page->page.first || page->place.begin - audio_ > most_between) return false;
            take_time(*page);
        }
        const auto base = *clock_->base();
        const auto last_page = find_last_page();
        if (!last_page) return false;
        read_tail(base, *last_page);
        map.links.push_back({.audio = audio_,
                             .end = last_page->end,
                             .serial = serial_,
                             .base = base,
                             .first = first,
                             .last = std::max(heard_, first)});
        return true;
    }

    // The next page of the stream; nothing where another link begins before.
    std::optional<PagePlace> page_of_link(std::uint64_t from) {
        pages_.go_to(from);
        while (const auto page = pages_.next()) {
            if (page->page.first || page->place.begin - from > most_between) return std::nullopt;
            if (page->page.serial == serial_) return page->place;
        }
        return std::nullopt;
    }

    std::optional<PagePlace> find_last_page() {
        PageSearch search{tail_is_of_link() ? tail_begin() : audio_, size_};
        while (const auto from = search.next()) {
            const auto page = page_of_link(*from);
            if (page)
                search.found(*page, true);
            else
                search.none();
        }
        return search.last();
    }

    // As in every file that is no chain: then nothing has to be searched.
    bool tail_is_of_link() { return page_of_link(tail_begin()).has_value(); }
    std::uint64_t tail_begin() const { return std::max(audio_, size_ - std::min(size_, tail_size)); }

    // Counts up to the end.
    void read_tail(std::int64_t base, const PagePlace& last_page) {
        const auto from = last_page.end - std::min(last_page.end, tail_size);
        if (from > timed_) {
            clock_->jump(base);
            packets_.jump(serial_);
        }
        pages_.go_to(std::max(from, timed_));
        while (const auto page = pages_.next()) {
            if (page->place.begin > last_page.begin) break;
            take_time(*page);
        }
    }

    void take_time(const OggWindow::Placed& page) {
        const auto taken = take(packets_, page.page);
        const std::vector<std::string_view> packets{taken.packets.begin(), taken.packets.end()};
        (void)clock_->page({.packets = packets, .granule = taken.granule, .last = taken.last});
        const auto is_audio = [&](std::string_view packet) { return durations_->is_audio(packet); };
        has_audio_ = has_audio_ || std::ranges::any_of(packets, is_audio);
        timed_ = page.place.end;
        heard_ = clock_->position().value_or(0);
        if (taken.last && taken.granule && clock_->base())
            heard_ = std::min(heard_, *clock_->base() + *taken.granule);
    }

    std::uint64_t size_;
    OggFilePages pages_;
    OggPackets packets_;
    std::optional<PacketDurations> durations_;
    std::optional<PacketClock> clock_;
    bool has_audio_ = false;  // of any link
    std::uint64_t audio_ = 0; // of the link: where it begins
    std::uint64_t timed_ = 0; // up to where the clock has gone
    std::int64_t heard_ = 0;  // up to there; the clock may have counted what is cut off
    std::uint32_t serial_ = 0;
};

} // namespace

std::expected<OggMap, std::string> map_ogg_file(int file, std::uint64_t size) {
    return Mapper{file, size}.map();
}

OggStart find_start(int file, const std::vector<OggMapLink>& links, std::uint32_t preroll,
                    std::int64_t target) {
    const auto after = std::ranges::upper_bound(links, target, {}, &OggMapLink::first);
    const auto index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - links.begin(), 1) - 1);
    const auto& link = links[index];
    OggFilePages pages{file, link.end};
    // The first page from there on that tells a position.
    const auto positioned = [&](std::uint64_t from) -> std::optional<OggWindow::Placed> {
        pages.go_to(from);
        while (auto page = pages.next()) {
            if (page->page.serial == link.serial && page->page.granule >= 0) return page;
            if (page->place.begin - from > most_between) break;
        }
        return std::nullopt;
    };
    PageSearch search{link.audio, link.end};
    while (const auto from = search.next()) {
        const auto page = positioned(*from);
        if (page)
            search.found(page->place, is_before(page->page, link, target - preroll));
        else
            search.none();
    }
    if (const auto page = search.last()) return {page->begin, index, std::nullopt};
    return {link.audio, index, link.first};
}

} // namespace kamaelia
