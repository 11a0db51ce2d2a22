#include "kamaelia/chassis/connection_ends.hpp"

namespace kamaelia {

std::optional<ConnectionEnds> ends_of(const axon::Component& part) {
    for (auto* around = part.parent(); around; around = around->parent()) {
        if (const auto* const knows = dynamic_cast<const HasEnds*>(around)) return knows->ends();
    }
    return std::nullopt;
}

} // namespace kamaelia
