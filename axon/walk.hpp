// Walk: from a component to all below it, parents first, a few at a time.
#pragma once

namespace axon {

class Component;

/// Stays good between its steps whatever the components do: one that is freed before its step is left out,
/// so is what was spawned where the walk had been. Belongs to the scheduler's thread and ends before the
/// scheduler.
class Walk {
public:
    /// `top` has been added to a parent, or is a scheduler's root.
    explicit Walk(Component& top);
    virtual ~Walk();
    Walk(const Walk&) = delete;
    Walk& operator=(const Walk&) = delete;

    /// Beginning with `top`; null when all were had, or when `top` has been freed.
    [[nodiscard]] Component* next();

private:
    friend class Component;

    /// `component` is about to be taken from its parent and freed, and after it those below it.
    static void leaves(Walk* walks, Component& component) noexcept;
    [[nodiscard]] Component* beside(Component& component) const noexcept;
    /// This one is about to be freed, whether it was had or not.
    virtual void left(const Component& component) noexcept { (void)component; }

    Component* top_;
    Component* next_;
    Walk*& all_; ///< of the same scheduler
    Walk* other_;
};

} // namespace axon
