#include "axon/stepped_component.hpp"

#include <utility>

namespace axon {

Task<> SteppedComponent::main() {
    initialise_component();
    co_await yield();
    while (main_body()) {
        if (std::exchange(pause_, false)) {
            co_await pause();
        } else {
            co_await yield();
        }
    }
}

Task<> SteppedComponent::close() {
    close_down_component();
    return {};
}

} // namespace axon
