// NestedScheduler: components that have their turns together, as if they were a few.
//
//     struct Background final : axon::NestedScheduler {
//         Background() : NestedScheduler{2} {                // two turns each time round, however many wait
//             for (int i = 0; i < 1000; ++i) child<Indexer>(i);
//         }
//     };
//
// The paper's section 3: schedulers may also schedule other schedulers, for more complex priorities.
#pragma once

#include "axon/composite.hpp"
#include "axon/runnable.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace axon {

/// A composite that gives those below it their turns, round robin. In the scheduler around it, the worker's
/// or another nested one, it stands as one that is ready as long as one of them is. It ends when they have.
/// They share the worker's thread, timers, poller and CAT: only who is next is decided here.
class NestedScheduler : public Composite {
public:
    static constexpr std::uint32_t most_share = 1000;

    /// `share`: how many turns it gives when it is its turn, from 1 to most_share. With 1 all below it
    /// together have as much as one component beside it; a higher one is a higher priority.
    explicit NestedScheduler(std::uint32_t share = 1);

    [[nodiscard]] std::uint32_t share() const noexcept { return share_.turns; }
    /// From the next turn on.
    void set_share(std::uint32_t share) noexcept;

    /// Those below may be made from outside, too; they hear what had come by its control before.
    template <class C, class... Args>
    C& child(Args&&... args) {
        return adopt(std::make_unique<C>(std::forward<Args>(args)...));
    }
    template <class C>
    C& adopt(std::unique_ptr<C> component) {
        auto& adopted = Composite::adopt(std::move(component));
        catch_up(adopted);
        return adopted;
    }
    template <class C, class... Args>
    Handle<C> spawn(Args&&... args) {
        return spawn(std::make_unique<C>(std::forward<Args>(args)...));
    }
    template <class C>
    Handle<C> spawn(std::unique_ptr<C> component) {
        auto& spawned = *component;
        auto handle = Composite::spawn(std::move(component));
        catch_up(spawned);
        return handle;
    }
    using Composite::stop;

private:
    friend class Component;

    /// Stands in the run queue around while its own is not empty and it is not its turn; so when nobody below
    /// stands in a queue, it does not either, and all may be freed.
    struct Share final : Runnable {
        explicit Share(NestedScheduler& owner) : nested{owner} {}
        [[nodiscard]] std::string path() const override { return nested.path(); }
        bool turn(Scheduler& scheduler) override;
        NestedScheduler& nested;
        std::uint32_t turns = 1;
        bool has_turn = false;
        RunQueue ready;
    };

    /// The nearest that a nested component is below; null when it is being destroyed and cut off.
    static NestedScheduler* above(const Component& component) noexcept;
    void enqueue(Runnable& runnable) noexcept;
    void enqueue_share() noexcept;

    Share share_{*this};
};

} // namespace axon
