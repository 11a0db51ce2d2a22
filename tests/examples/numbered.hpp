// Numbered: LineNumberer as a component with boxes. Step three of docs/writing-a-component.md.
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "tests/examples/line_numberer.hpp"

namespace examples {

using axon::Bytes;

// [boxes]
/// Puts a number before each line, from `first` on. Whatever comes to `restart` makes it begin anew. Ends
/// when its input ends.
class Numbered final : public axon::Filter<Bytes, Bytes> {
public:
    struct Params {
        int first = 1;

        static auto fields() {
            return axon::fields(
                axon::field("first", &Params::first, "the first line's number").range(0, 1'000'000));
        }
        bool operator==(const Params&) const = default;
    };

    Numbered() = default;
    explicit Numbered(const Params& params) : params_{params} {}

    axon::Inbox<Bytes> restart{*this, "restart"};

private:
    axon::Task<> main() override {
        LineNumberer numberer{params_.first};
        while (!inbox.ended()) {
            while (restart.try_receive()) numberer.restart(params_.first);
            if (auto line = inbox.try_receive()) {
                co_await outbox.send(Bytes{numberer.number(line->view())});
            } else {
                co_await pause(); // until one of the two has something
            }
        }
    }

    Params params_;
};
// [/boxes]

} // namespace examples
