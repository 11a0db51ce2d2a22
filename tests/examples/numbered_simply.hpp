// NumberedSimply: LineNumberer as a component, no more. Step two of docs/writing-a-component.md.
#pragma once

// [component]
#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "tests/examples/line_numberer.hpp"

namespace examples {

using axon::Bytes;

/// Puts a number before each line. Ends when its input ends.
class NumberedSimply final : public axon::Filter<Bytes, Bytes> {
    axon::Task<> main() override {
        LineNumberer numberer;
        while (auto line = co_await inbox.receive()) {
            co_await outbox.send(Bytes{numberer.number(line->view())});
        }
    }
};

} // namespace examples
// [/component]
