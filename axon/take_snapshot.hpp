// take_snapshot: a Snapshot of what runs, taken in slices so that nobody has to wait for it.
//
//     auto all = co_await axon::take_snapshot(*this);
//     auto one = co_await axon::take_snapshot(*this, server);
//
// What was noted stays as it was, whatever happens until the last slice: a box may be noted as empty whose
// message a component noted later has taken. Rendering a large one is pure work: offload() it.
#pragma once

#include "axon/snapshot.hpp"
#include "axon/task.hpp"
#include "axon/walk.hpp"

#include <cstddef>
#include <source_location>
#include <typeindex>
#include <unordered_map>

namespace axon {

struct SnapshotLimits {
    /// Components that one turn looks at; many boxes count as components.
    std::size_t a_turn = 100;
    /// At about 0.7 KiB each; those that are left out are missing from the end.
    std::size_t components = 100'000;
};

/// Of everything on the scheduler of `self`, which awaits it.
[[nodiscard]] Task<Snapshot> take_snapshot(Component& self, SnapshotLimits limits = {});
/// Of `top` and all below it. What ends before its slice is left out, `top` too.
[[nodiscard]] Task<Snapshot> take_snapshot(Component& self, Component& top, SnapshotLimits limits = {});

/// The slices one by one: for who takes them from outside of any component.
class SnapshotTaker final : private Walk {
public:
    explicit SnapshotTaker(Component& top, std::size_t most_components = SnapshotLimits{}.components);

    /// Looks at some more. False when there are none left.
    bool slice(std::size_t components);
    /// How many were looked at so far.
    [[nodiscard]] std::size_t seen() const noexcept { return snapshot_.order.size(); }
    /// What was looked at. Call it once.
    [[nodiscard]] Snapshot finish();
    /// Frees some of what it needed to look. False when there is none left.
    bool forget(std::size_t components);

private:
    using Id = Snapshot::Id;

    void left(const Component& component) noexcept override { ids_.erase(&component); }
    void see(const Component& component);
    void see_boxes(const Component& component, Id id);
    void see_await(const Component& component, Id id);
    Id id_of(const Component& component);
    [[nodiscard]] Snapshot::BoxName name_of(const Box& box);
    [[nodiscard]] Snapshot::Reason reason_of(const Awaited& awaited);
    const std::string& class_name_of(const Component& component);

    Scheduler& scheduler_;
    std::size_t most_;
    Snapshot snapshot_;
    std::unordered_map<const Component*, Id> ids_; ///< of those that live
    std::unordered_map<std::type_index, std::string> class_names_;
};

} // namespace axon
