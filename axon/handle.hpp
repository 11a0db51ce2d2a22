// Handle: how a component is named by someone who does not own it. It may outlive the component,
// but is of no use any more once the System is gone.
#pragma once

#include <cstdint>

namespace axon {

class Component;
class Scheduler;

/// A place in the scheduler's table and the serial number that stood there.
class HandleBase {
public:
    HandleBase() = default;
    explicit HandleBase(const Component& component) noexcept;
    /// Different for each component spawned in a scheduler.
    [[nodiscard]] std::uint64_t serial() const noexcept { return serial_; }

protected:
    /// Null when the component has ended.
    [[nodiscard]] Component* find() const noexcept;

private:
    Scheduler* scheduler_ = nullptr;
    std::uint32_t slot_ = 0;
    std::uint64_t serial_ = 0;
};

/// Of spawned components only. Checked on each use: `if (auto* echo = handle.get()) ...`. Never keeps
/// anything alive.
template <class C>
class Handle : public HandleBase {
public:
    Handle() = default;
    explicit Handle(const C& component) noexcept : HandleBase{component} {}
    /// Null when the component has ended.
    [[nodiscard]] C* get() const noexcept { return static_cast<C*>(find()); }
    explicit operator bool() const noexcept { return find() != nullptr; }
};

} // namespace axon
