#include "kamaelia/util/pass_through.hpp"

#include <utility>

namespace kamaelia {

// The runtime passes control on: what ended the input is what `signal` says when main() is over.
axon::Task<> PassThrough::main() {
    while (auto message = co_await inbox.receive()) co_await outbox.send(std::move(*message));
}

} // namespace kamaelia
