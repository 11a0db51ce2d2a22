// Chooser: moves through a list as it is asked to, and sends what it comes to.
//
//     auto& chooser = child<Chooser<Path>>(paths, AtEnd::loop);
//     auto& songs = child<Carousel<Path, Bytes, Bytes>>(play);
//     link(chooser.outbox, songs.next);            // the first path at once,
//     link(songs.request_next, chooser.inbox);     // the next one for each "NEXT"
//
//     components:
//       lines:   LineSplit
//       fortune: { Chooser: { items: [ "first\n", "second\n" ], at_end: loop } }
//     linkages:
//       - self.inbox -> lines.inbox                # a client types NEXT, PREV, ...
//       - lines.outbox -> fortune.inbox
//       - fortune.outbox -> self.outbox
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/util/choice.hpp"

#include <utility>
#include <vector>

namespace kamaelia {

/// Sends the first item at its start, then one for each request that leads to one:
/// "NEXT", "PREV", "FIRST", "LAST", "SAME" (the current one again) and "GOTO n", counted from 1. What
/// leads beyond either end, and what is no request, is left unanswered; at_end says what a NEXT does after
/// the last item. An empty list has nothing to send. Ends when its input ends, or at the end of the list
/// where at_end says so.
template <class T>
class Chooser final : public axon::Filter<axon::Bytes, T> {
public:
    struct Params {
        std::vector<T> items{};
        AtEnd at_end = AtEnd::stay;

        static auto fields() {
            return axon::fields(
                axon::field("items", &Params::items, "what there is to choose from").required(),
                axon::field("at_end", &Params::at_end, "what NEXT does after the last one")
                    .words({{"stay", AtEnd::stay}, {"loop", AtEnd::loop}, {"end", AtEnd::end}}));
        }
        bool operator==(const Params&) const = default;
    };

    explicit Chooser(std::vector<T> items, AtEnd at_end = AtEnd::stay)
        : items_{std::move(items)}, choice_{items_.size(), at_end} {}
    explicit Chooser(Params params) : Chooser{std::move(params.items), params.at_end} {}

private:
    axon::Task<> main() override {
        auto chosen = choice_.make("FIRST");
        while (!choice_.over()) {
            if (chosen) co_await this->outbox.send(items_[*chosen]);
            const auto request = co_await this->inbox.receive();
            if (!request) break;
            chosen = choice_.make(request->view());
        }
    }

    std::vector<T> items_;
    Choice choice_;
};

} // namespace kamaelia
