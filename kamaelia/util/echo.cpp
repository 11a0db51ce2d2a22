#include "kamaelia/util/echo.hpp"

#include <utility>

namespace kamaelia {

axon::Task<> Echo::main() {
    while (auto data = co_await inbox.receive()) co_await outbox.send(std::move(*data));
}

} // namespace kamaelia
