// ModernEcho: the first of three styles of one component: receive and send.
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"

#include <utility>

namespace examples {

using axon::Bytes;

// [echo]
/// Says when it wants a message and when one may go; the runtime does the waiting.
class ModernEcho final : public axon::Filter<Bytes, Bytes> {
    axon::Task<> main() override {
        while (auto data = co_await inbox.receive()) co_await outbox.send(std::move(*data));
    }
};
// [/echo]

} // namespace examples
