// SteppedComponent: the paper's second main (section 5.3), for who thinks in callbacks.
#pragma once

#include "axon/component.hpp"

namespace axon {

/// initialise_component() once, main_body() again and again, one turn each, until it says false, and
/// close_down_component() once, also when it was shut down or stopped. Each may spawn components; those
/// that close_down_component() spawns have close_deadline() to end by themselves.
class SteppedComponent : public Component {
protected:
    using Component::Component;

    virtual void initialise_component() {}
    [[nodiscard]] virtual bool main_body() = 0;
    virtual void close_down_component() {}

    /// The next main_body() comes when an inbox has something, not at the next turn.
    void pause_next() noexcept { pause_ = true; }

private:
    Task<> main() final;
    Task<> close() final;

    bool pause_ = false;
};

} // namespace axon
