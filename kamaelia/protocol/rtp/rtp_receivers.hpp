// RTPReceivers: those who hear one stream of RTP, each by UDP or interleaved with something else.
#pragma once

#include "axon/outbox.hpp"
#include "axon/prefetch.hpp"
#include "kamaelia/internet/datagram.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace kamaelia {

/// Where the packets for somebody go: to an address, or into an inbox, which takes what it has room for.
using RTPReceiver = std::variant<Address, axon::Sender<Datagram>>;

/// May change at any time, also between two places of a loop over it: those who leave are skipped from then
/// on, those who join come last.
class RTPReceivers {
public:
    /// Says how to remove() it.
    std::uint32_t add(RTPReceiver receiver);
    void remove(std::uint32_t id) noexcept;

    /// Places for at(), not receivers.
    [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
    /// Null where somebody has left.
    [[nodiscard]] RTPReceiver* at(std::size_t place) noexcept {
        return all_[place].gone ? nullptr : &all_[place].receiver;
    }
    /// Gives the places of those free who have left, or whose inbox is gone. In no loop.
    void tidy();

    /// Has fetched what a sender to one or two of them will touch.
    void fetch() const noexcept {
        axon::prefetch(all_.data(), std::min<std::size_t>(all_.size(), 2) * sizeof(Place));
    }

private:
    struct Place {
        RTPReceiver receiver;
        std::uint32_t id;
        bool gone = false;
    };

    std::vector<Place> all_; ///< by id
    std::uint32_t next_ = 0;
};

} // namespace kamaelia
