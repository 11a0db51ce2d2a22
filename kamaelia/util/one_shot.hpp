// OneShot: sends one message and ends.
//
//     protocol:
//       - OneShot: { message: "come back tomorrow\n" }
//
//     auto& first = child<OneShot<Path>>(path);
//     link(first.outbox, carousel.next);
#pragma once

#include "axon/filter.hpp"
#include "axon/params.hpp"

#include <utility>

namespace kamaelia {

/// Its end ends what it is linked to: as the first of a protocol's pipeline it makes the server say one
/// thing to each client and hang up.
template <class T>
class OneShot final : public axon::Source<T> {
public:
    struct Params {
        T message{};

        static auto fields() {
            return axon::fields(axon::field("message", &Params::message, "what it sends").required());
        }
        bool operator==(const Params&) const = default;
    };

    explicit OneShot(T message) : message_{std::move(message)} {}
    explicit OneShot(Params params) : OneShot{std::move(params.message)} {}

private:
    axon::Task<> main() override { co_await this->outbox.send(std::move(message_)); }

    T message_;
};

} // namespace kamaelia
