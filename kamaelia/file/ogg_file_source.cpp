#include "kamaelia/file/ogg_file_source.hpp"

#include <functional>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

namespace kamaelia {
namespace {

// Shares what the packet is a part of; what was put together from several pages is part of none.
axon::Bytes part_of(const axon::Bytes& whole, std::string_view part) {
    const auto all = whole.view();
    const std::less_equal<const char*> at_most;
    if (!at_most(all.data(), part.data()) || !at_most(part.data() + part.size(), all.data() + all.size()))
        return axon::Bytes{part};
    return whole.slice(static_cast<std::size_t>(part.data() - all.data()), part.size());
}

} // namespace

OggFileSource::OggFileSource(FileReader file, const OggMap& map, const OggStart& start, const OggPart& part)
    : file_{std::move(file)}, map_{map}, part_{part}, window_{file_.size()}, clock_{map.durations} {
    const auto& link = map.links[start.link];
    window_.go_to(start.offset);
    packets_.jump(link.serial);
    clock_.jump(link.base, start.position);
}

axon::Task<> OggFileSource::main() {
    while (const auto page = co_await next_page()) {
        const bool same = take(*page);
        for (auto& packet : taken_) {
            if (packet.timestamp >= part_.end) co_return;
            sending_ = sending_ || packet.timestamp + packet.duration > part_.begin;
            if (!sending_) {
                before_ = std::move(packet);
                continue;
            }
            if (auto before = std::exchange(before_, std::nullopt); before && part_.fill)
                co_await outbox.send(*std::move(before));
            co_await outbox.send(std::move(packet));
        }
        taken_.clear();
        if (!same) co_return;
    }
}

axon::Task<std::optional<OggWindow::Placed>> OggFileSource::next_page() {
    while (true) {
        auto next = window_.next();
        if (auto* const page = std::get_if<OggWindow::Placed>(&next)) co_return std::move(*page);
        const auto* const want = std::get_if<OggWindow::Want>(&next);
        if (!want) co_return std::nullopt;
        auto bytes = co_await file_.read(*this, want->offset, want->count);
        if (!bytes) throw std::system_error{bytes.error(), "cannot read an Ogg file"};
        window_.put(*std::move(bytes));
    }
}

// False when a link begins that the decoder cannot play.
bool OggFileSource::take(const OggWindow::Placed& page) {
    std::optional<std::int64_t> granule;
    bool last = false;
    packets_.add(page.page);
    while (auto event = packets_.next()) {
        if (const auto* const link = std::get_if<OggLink>(&*event)) {
            if (!map_.plays(*link)) return false;
            clock_.begin_link();
        } else if (const auto* const packet = std::get_if<OggPacket>(&*event)) {
            if (map_.durations.is_audio(packet->data))
                taken_.push_back({part_of(page.bytes, packet->data), 0, 0});
            granule = packet->granule;
        } else {
            last = true;
        }
    }
    std::vector<std::string_view> packets;
    packets.reserve(taken_.size());
    for (const auto& packet : taken_) packets.push_back(packet.data.view());
    const auto timed = clock_.page({.packets = packets, .granule = granule, .last = last});
    for (std::size_t i = 0; i < taken_.size(); ++i) {
        taken_[i].timestamp = timed[i].timestamp;
        taken_[i].duration = timed[i].duration;
    }
    return true;
}

} // namespace kamaelia
