#include "kamaelia/chassis/connection_ends.hpp"

namespace kamaelia {
namespace {

HasEnds* connection_of(const axon::Component& part) noexcept {
    for (auto* around = part.parent(); around; around = around->parent())
        if (auto* const connection = dynamic_cast<HasEnds*>(around)) return connection;
    return nullptr;
}

} // namespace

std::optional<ConnectionEnds> ends_of(const axon::Component& part) {
    const auto* const connection = connection_of(part);
    if (!connection) return std::nullopt;
    return connection->ends();
}

void limit_backlog(const axon::Component& part, const Backlog& most) noexcept {
    if (auto* const connection = connection_of(part)) connection->limit_backlog(most);
}

void drop_unsent(const axon::Component& part) noexcept {
    if (auto* const connection = connection_of(part)) connection->drop_unsent();
}

void count_sent(const axon::Component& part, std::uint64_t bytes) noexcept {
    if (auto* const connection = connection_of(part)) connection->count_sent(bytes);
}

} // namespace kamaelia
