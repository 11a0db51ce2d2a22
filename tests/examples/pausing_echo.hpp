// PausingEcho: the second of three styles of one component: pause and look, as in the paper.
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"

#include <utility>

namespace examples {

using axon::Bytes;

// [echo]
/// Sleeps until any of its boxes has something, then looks. For components with several inboxes.
class PausingEcho final : public axon::Filter<Bytes, Bytes> {
    axon::Task<> main() override {
        while (!inbox.ended()) {
            while (auto data = inbox.try_receive()) co_await outbox.send(std::move(*data));
            co_await pause();
        }
    }
};
// [/echo]

} // namespace examples
