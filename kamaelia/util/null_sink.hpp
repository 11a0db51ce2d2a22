// NullSink: takes everything and does nothing with it.
//
//     protocol: [ NullSink ]               # a server that discards what it is told (RFC 863)
#pragma once

#include "axon/filter.hpp"

namespace kamaelia {

/// Never holds anyone up. An outbox without a linkage discards as well; this one has an inbox whose
/// counts can be looked at. Ends when its input ends.
template <class T>
class NullSink final : public axon::Sink<T> {
    axon::Task<> main() override {
        while (co_await this->inbox.receive()) {
        }
    }
};

} // namespace kamaelia
