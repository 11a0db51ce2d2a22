// Component: a small sequential program that talks only to its own inboxes and outboxes.
//
//     class Shout final : public axon::Component {
//     public:
//         axon::Inbox<std::string> inbox{*this, "inbox"};
//         axon::Outbox<std::string> outbox{*this, "outbox"};
//     private:
//         axon::Task<> main() override {
//             while (auto line = co_await inbox.receive()) co_await outbox.send(*line + "!");
//         }
//     };
//
// It starts after its parent's constructor is done, ends when main() does, and is freed by its owner.
#pragma once

#include "axon/check.hpp"
#include "axon/handle.hpp"
#include "axon/runnable.hpp"
#include "axon/scheduler.hpp"
#include "axon/signal.hpp"
#include "axon/task.hpp"
#include "axon/time.hpp"
#include "axon/wait.hpp"

#include <concepts>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace axon {

class Box;
class Cat;
class InboxBase;
class System;
class PauseWait;
class YieldWait;
class SleepWait;
class ChildrenWait;
class NestedScheduler;
struct ChildEnded;
template <class T>
class Inbox;

/// How a component came to its end.
enum class Ending : std::uint8_t {
    finished,  ///< main() returned
    shut_down, ///< a Shutdown came
    stopped,   ///< its parent stopped it
    failed,    ///< an exception left main()
};

/// Says in a constructor that control arrives as messages (`control.receive()`), and the component sees
/// to its own end: Shutdown is then a request.
struct HandlesControl {};
inline constexpr HandlesControl handles_control{};

namespace testing {
class Rig;
}

class Component : public Runnable, public ControlAndSignal {
public:
    enum class State : std::uint8_t {
        fresh,   ///< made, not started
        ready,   ///< in the run queue
        running, ///< it is its turn
        waiting, ///< suspended
        ending,  ///< main() and close() are over, children are not
        ended,
    };

private:
    static constexpr auto not_spawned = static_cast<std::uint32_t>(-1);

    State state_ = State::fresh;
    bool handles_control_ : 1 = false;
    bool closing_ : 1 = false;
    bool heard_finish_ : 1 = false;   ///< a producer's end came by control
    bool exports_signal_ : 1 = false; ///< a child's signal leaves by ours
    bool signal_is_exported_ : 1 = false;
    bool shutdown_ : 1 = false; ///< asked for and not yet in effect
    Ending ending_ : 2 = Ending::finished;
    bool takes_parents_control_ : 1 = false; ///< its parent's control was linked to its own
    bool ends_with_receiver_ : 1 = false;    ///< the end of whom its signal leads to shuts it down
    bool stop_asked_ : 1 = false;            ///< in the midst of its turn; takes effect at its next await
    bool nests_ : 1 = false;                 ///< a NestedScheduler
    bool nested_ : 1 = false;                ///< somewhere below one: that gives it its turns
    bool reader_ended_ : 1 = false;          ///< whoever heard what it sent has ended
    bool untold_ : 1 = false;                ///< its composite's Shutdown has still to reach it
    std::uint32_t slot_ = not_spawned;       ///< of a spawned component, in the scheduler's handle table
    Wait* wait_ = nullptr;                   // what each message touches stands together
    Scheduler* scheduler_ = nullptr;

public:
    Component() noexcept;
    explicit Component(HandlesControl) noexcept;
    /// Its frames are gone by then: the runtime ends a component before it frees it.
    virtual ~Component();

    static void* operator new(std::size_t size) { return frame_pool::allocate(size); }
    static void operator delete(void* memory, std::size_t size) noexcept {
        frame_pool::deallocate(memory, size);
    }

    [[nodiscard]] State state() const noexcept { return state_; }
    /// How main() has come to its end, once it has.
    [[nodiscard]] Ending ending() const noexcept { return ending_; }
    [[nodiscard]] Component* parent() const noexcept { return parent_; }
    [[nodiscard]] Scheduler& scheduler() const noexcept { return *scheduler_; }
    [[nodiscard]] System& system() const noexcept;
    /// Where it is suspended; null: nowhere.
    [[nodiscard]] const Wait* wait() const noexcept { return wait_; }
    /// The class name without namespaces and template arguments, or the label.
    [[nodiscard]] std::string name() const;
    /// From the root, as in `/web/Connection#7/Echo`; a parent's second static child of a class is
    /// `Echo[2]`.
    [[nodiscard]] std::string path() const final;
    /// A name for people instead of the class name's.
    void set_label(std::string label);
    /// Empty: it has none.
    [[nodiscard]] std::string_view label() const noexcept;
    /// Different for each component that was ever spawned in its scheduler; 0 for a static child.
    [[nodiscard]] std::uint64_t serial() const noexcept;

    /// Its parent's control was linked to its own.
    [[nodiscard]] bool has_parents_control() const noexcept { return takes_parents_control_; }
    /// The boxes, last declared first; go on with Box::next_box().
    [[nodiscard]] Box* first_box() const noexcept { return boxes_; }
    /// Null when there is none of that name.
    [[nodiscard]] Box* find_box(std::string_view name) const noexcept;
    [[nodiscard]] Component* first_child() const noexcept;
    [[nodiscard]] Component* next_sibling() const noexcept { return next_sibling_; }

    // What boxes and awaitables need of their component.

    /// Run by this thread, or not running: who else touches a box of it is on the wrong worker.
    [[nodiscard]] bool runs_here() const noexcept { return !scheduler_ || scheduler_->runs_here(); }
    /// It has slept, and its turn comes soon: may prefetch() what it will touch that is no member of it, and
    /// does nothing else. Many who wake together then wait for their memory together.
    virtual void fetch() const noexcept {}
    /// Uses up one unit of the turn's quota; false when the component has to give way.
    [[nodiscard]] bool spend() const noexcept { return scheduler_->spend(); }
    /// Leaves off at `wait` until it is ready.
    template <std::derived_from<Wait> W> // not just Wait: what W does is known, and built in
    void suspend(W& wait) {
        AXON_CHECK(state_ == State::running); // a component awaits what is its own
        wait.arm();                           // may throw: then it goes on instead
        wait_ = &wait;
        state_ = State::waiting;
        if (wait.ready()) wake();
    }
    /// Something that it may wait for has changed. Whether it is enough is asked in its turn.
    void notify() noexcept {
        if (state_ == State::waiting) wake();
    }
    /// A Shutdown that waits may have become due by what others did.
    void notify_of_shutdown() noexcept {
        if (shutdown_) notify();
    }
    /// What it sends is heard by somebody, who was not there when its reader ended.
    void heard_again() noexcept { reader_ended_ = false; }
    /// Goes on at `wait` instead of where it was suspended, whose frames are gone.
    void resume_at(Wait& wait) noexcept;
    /// Made with `handles_control`: a Shutdown asks it, and does not end it.
    [[nodiscard]] bool takes_control() const noexcept { return handles_control_; }
    [[nodiscard]] bool producers_finished() const noexcept { return control.finished(); }
    /// It looked for a message and found none: a Shutdown may wait for that.
    void looked_in_vain(const InboxBase& inbox) noexcept {
        if (shutdown_) note_vain_look(inbox);
    }
    [[nodiscard]] bool has_signal() const noexcept;
    [[nodiscard]] Signal next_signal();

protected:
    /// The component's life. It may be destroyed at any await: what must be done is done by destructors.
    virtual Task<> main() = 0;
    /// Runs after main() has ended, however it did. Its awaits are not cut short but by close_deadline().
    virtual Task<> close() { return {}; }
    [[nodiscard]] virtual Duration close_deadline() const noexcept { return std::chrono::seconds{5}; }

    /// Makes a child that lives as long as this component. It starts when this one does.
    template <class C, class... Args>
    C& child(Args&&... args) {
        return adopt(std::make_unique<C>(std::forward<Args>(args)...));
    }
    template <class C>
    C& adopt(std::unique_ptr<C> component) {
        add_child(*component, false);
        return *component.release();
    }
    /// Makes a child that starts now and is freed when it ends.
    template <class C, class... Args>
    Handle<C> spawn(Args&&... args) {
        return spawn(std::make_unique<C>(std::forward<Args>(args)...));
    }
    template <class C>
    Handle<C> spawn(std::unique_ptr<C> component) {
        add_child(*component, true);
        return Handle<C>{*component.release()};
    }
    /// Ends a child at once, wherever it waits, and one whose turn has led here at its next await; its
    /// close() still runs, within its deadline.
    void stop(Component& child);
    template <class C>
    void stop(const Handle<C>& child) {
        if (auto* alive = child.get()) stop(*alive);
    }
    /// Asks a child to end.
    void shut_down(Component& child) { child.control.deliver(Shutdown{}); }

    /// Gives way once.
    [[nodiscard]] YieldWait yield() noexcept;
    /// Waits until an inbox of this component has something, or has ended and that was not yet seen.
    [[nodiscard]] PauseWait pause() noexcept;
    [[nodiscard]] SleepWait sleep_for(Duration duration) noexcept;
    [[nodiscard]] SleepWait sleep_until(Time time) noexcept;
    /// Waits until no child is left.
    [[nodiscard]] ChildrenWait children_ended() noexcept;

    [[nodiscard]] Time now() const noexcept { return scheduler_->now(); }
    /// The innermost scope: of this component, of the nearest around it that has one, or the scheduler's.
    /// Not in a constructor: a component knows its surroundings only once it has been added to a parent.
    [[nodiscard]] Cat& cat() const;
    /// A scope of its own, which it and those below it look into first. Made when first asked for, also in
    /// a constructor.
    [[nodiscard]] Cat& own_cat();
    void log(LogLevel level, std::string_view text, LogFields fields = {}) const;

    /// A child has ended, while this component has not; static ones are still there. It is called in the
    /// child's turn: an exception ends this component as failed, at its own next turn.
    virtual void child_has_ended(Component& child) { (void)child; }
    /// A child has failed, or what is static structure below a child; what was spawned is its own parent's
    /// affair and told no further. Called as the above, and before it.
    virtual void failed_below(const Failure& failure) { (void)failure; }
    /// What has come by `control`; a ProducerFinished only when all who are linked there have finished. It
    /// is called in the sender's turn: an exception ends this component as failed, at its own next turn.
    virtual void control_arrived(const Signal& news);

private:
    friend class Box;
    friend class Cat;
    friend class Scheduler;
    friend class ControlInbox;
    friend class SignalOutbox;
    friend void link(SignalOutbox& from, ControlInbox& to);
    friend void link(SignalOutbox& from, SignalOutbox& to);
    friend void link(ControlInbox& from, ControlInbox& to);
    friend class PauseWait;
    friend class ChildrenWait;
    friend class EndedBox;
    friend class HandleBase;
    friend class NestedScheduler;
    friend class System;
    friend class Composite;
    friend class Graphline;
    friend class testing::Rig;
    struct Extra;
    class CloseDeadline;

    bool turn(Scheduler& scheduler) final;
    void start_main();
    void after_turn();
    void wake() noexcept {
        state_ = State::ready;
        if (queued()) return;
        if (nested_) {
            enqueue_nested();
        } else {
            scheduler_->enqueue(*this);
        }
    }
    void enqueue_nested() noexcept;
    void begin_end(Ending ending, std::exception_ptr error);
    void fail_later(std::exception_ptr error);
    void closed();
    void finish();
    void close_boxes();
    void send_ending();
    void signal_was_linked();
    void destroy_frames() noexcept;
    static void destroy(Component& component) noexcept;
    /// Neither it nor anything below it stands in a run queue.
    [[nodiscard]] bool may_be_freed() const noexcept;

    [[nodiscard]] std::size_t elder_twins() const;
    void add_child(Component& component, bool spawned);
    [[nodiscard]] bool spawned() const noexcept { return slot_ != not_spawned; }
    void attach(Scheduler& scheduler, bool spawned);
    void stop_now();
    void child_ended(Component& child);
    void tell_those_above(const Component& failed);
    /// Before child_has_ended().
    virtual void fewer_children() {}
    void remove_child(Component& child) noexcept;

    [[nodiscard]] bool shutdown_due() const noexcept;
    [[nodiscard]] bool reads() const noexcept;
    void take_signal(const Signal& news);
    void request_shutdown();
    void receiver_ended();
    [[nodiscard]] bool unheard() const noexcept;
    void keep_failure(const Signal& news);
    void forget_box(const Box& box) noexcept;
    void note_vain_look(const InboxBase& inbox) noexcept;
    Extra& extra();

    Component* parent_ = nullptr;
    Component* next_sibling_ = nullptr;
    Component* previous_sibling_ = nullptr;
    Box* boxes_ = nullptr;
    Task<>::Handle main_;
    std::unique_ptr<Extra> extra_; ///< what only some components need
};

/// Waits for nothing: the component comes again after the others.
class [[nodiscard]] YieldWait final : public Wait {
public:
    explicit YieldWait(Component& component) noexcept : component_{component} {}
    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override { return true; }
    void describe(std::vector<Awaited>& list) const override;
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    Component& component_;
};

/// Waits until any inbox has something to look at.
class [[nodiscard]] PauseWait final : public Wait {
public:
    explicit PauseWait(Component& component) noexcept : component_{component} {}
    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override;
    [[nodiscard]] bool done_with(const InboxBase& inbox) const noexcept override {
        (void)inbox;
        return true;
    }
    /// What has ended was told, and is no reason to end the next pause.
    void chosen() noexcept override;
    void arm() override;
    void describe(std::vector<Awaited>& list) const override;
    [[nodiscard]] bool await_ready() const noexcept { return ready() && component_.spend(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }
    void await_resume() noexcept { chosen(); }

private:
    Component& component_;
};

/// Waits until all children have ended.
class [[nodiscard]] ChildrenWait final : public Wait {
public:
    explicit ChildrenWait(Component& component) noexcept : component_{component} {}
    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override;
    void describe(std::vector<Awaited>& list) const override;
    [[nodiscard]] bool await_ready() const noexcept { return ready(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    Component& component_;
};

inline YieldWait Component::yield() noexcept { return YieldWait{*this}; }
inline PauseWait Component::pause() noexcept { return PauseWait{*this}; }
inline ChildrenWait Component::children_ended() noexcept { return ChildrenWait{*this}; }

} // namespace axon
