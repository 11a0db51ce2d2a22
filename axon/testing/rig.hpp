// Rig: components alone on the bench. No network, no sleeping, time as you say.
//
//     Rig rig;
//     auto& echo = rig.add<Echo>();
//     rig.feed(echo.inbox, Bytes{"hi"});
//     rig.end(echo.inbox);
//     rig.run();
//     EXPECT_EQ(rig.sent(echo.outbox), std::vector{Bytes{"hi"}});
//     EXPECT_TRUE(rig.ended(echo));
#pragma once

#include "axon/system.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace axon::testing {

/// Time that stands until it is told to go on.
class VirtualClock final : public Clock {
public:
    [[nodiscard]] Time now() const noexcept override { return now_; }
    [[nodiscard]] WallTime wall() const noexcept override { return WallTime{now_.time_since_epoch()}; }
    void set(Time now) noexcept { now_ = now; }

private:
    Time now_{std::chrono::hours{1}};
};

/// Keeps what was logged, the fields in the text.
class KeptLog final : public Log {
public:
    struct Line {
        LogLevel level;
        std::string path;
        std::string text;
    };
    std::vector<Line> lines;

private:
    void take(LogLevel level, std::string_view path, std::string_view text,
              LogFields fields) noexcept override {
        lines.push_back({level, std::string{path}, with_fields(text, fields)});
    }
};

struct RigOptions {
    /// Runs what is ready in random order.
    std::optional<std::uint64_t> shuffle{};
    /// Messages a turn; empty: the scheduler's default.
    std::optional<std::uint32_t> quota{};
    /// Such as a kamaelia::testing::MemoryNetwork; null: the operating system's. Outlives the rig.
    Network* network = nullptr;
};

/// Aborts in its destructor when a coroutine frame is left over, the last one where several live at once.
class Rig {
public:
    explicit Rig(const RigOptions& options = {});
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    /// Adds a component; it stays, also after its end, as long as the rig. What it sends on outboxes that
    /// nobody has linked before the first run is kept for sent().
    template <class C, class... Args>
    C& add(Args&&... args) {
        return add(std::make_unique<C>(std::forward<Args>(args)...));
    }
    template <class C>
    C& add(std::unique_ptr<C> component) {
        auto& added = *component;
        keep(std::move(component));
        return added;
    }
    /// Leaves an outbox without a linkage.
    void leave_unlinked(const OutboxBase& outbox) { unlinked_.push_back(&outbox); }

    /// Sends to an inbox, through a linkage; what does not fit yet is sent when it does.
    template <class T>
    void feed(Inbox<T>& inbox, T message) {
        auto& feeder = feeder_of(inbox);
        feeder.waiting.push_back(std::move(message));
        feeder.flush();
    }
    /// Ends that linkage, after what was fed.
    template <class T>
    void end(Inbox<T>& inbox) {
        auto& feeder = feeder_of(inbox);
        feeder.ending = true;
        feeder.flush();
    }
    /// Fed messages that the inbox has had no room for.
    template <class T>
    [[nodiscard]] std::size_t refused(Inbox<T>& inbox) {
        return feeder_of(inbox).waiting.size();
    }

    /// What an outbox has sent since it was asked last.
    template <class T>
    std::vector<T> sent(const Outbox<T>& outbox) {
        attach_collectors();
        const auto collector = collectors_.find(&outbox);
        if (collector == collectors_.end()) throw std::logic_error{"this outbox is linked elsewhere"};
        std::vector<T> messages;
        while (auto message = static_cast<Inbox<T>&>(*collector->second).try_receive()) {
            messages.push_back(std::move(*message));
        }
        return messages;
    }
    /// The outbox was closed, or its component has ended.
    [[nodiscard]] bool closed(const OutboxBase& outbox) const;

    /// As its parent would say: ends at once; asks to end; nobody produces any more.
    void stop(Component& component);
    void shut_down(Component& component) { component.control.deliver(Shutdown{}); }
    void finish(Component& component) { component.control.deliver(ProducerFinished{}); }

    /// One turn for each component that is ready. False when none was.
    bool step();
    /// Turns until nobody is ready. Throws std::runtime_error when that does not come.
    void run();
    /// Lets time pass, timer by timer.
    void advance(Duration duration);

    [[nodiscard]] bool ended(const Component& component) const noexcept {
        return component.state() == Component::State::ended;
    }
    [[nodiscard]] Time now() const noexcept { return clock_.now(); }
    [[nodiscard]] System& system() noexcept { return *system_; }
    [[nodiscard]] Scheduler& scheduler() noexcept { return system_->scheduler(); }
    [[nodiscard]] const std::vector<KeptLog::Line>& log() const noexcept { return log_.lines; }

private:
    class Bench;
    struct FeederBase {
        virtual ~FeederBase() = default;
        virtual void flush() = 0;
    };
    template <class T>
    struct Feeder final : FeederBase {
        explicit Feeder(Component& bench, Inbox<T>& to) : outbox{bench, "fed"} { link(outbox, to); }
        void flush() override {
            while (!waiting.empty() && outbox.try_send(waiting.front())) waiting.pop_front();
            if (ending && waiting.empty()) outbox.close();
        }
        Outbox<T> outbox;
        std::deque<T> waiting;
        bool ending = false;
    };

    template <class T>
    Feeder<T>& feeder_of(Inbox<T>& inbox) {
        auto& feeder = feeders_[&inbox];
        if (!feeder) feeder = std::make_unique<Feeder<T>>(*bench_, inbox);
        return static_cast<Feeder<T>&>(*feeder);
    }
    void keep(std::unique_ptr<Component> component);
    void attach_collectors();

    VirtualClock clock_;
    KeptLog log_;
    std::unique_ptr<System> system_;
    std::unique_ptr<Component> bench_; ///< the owner of our own boxes; it never runs
    std::vector<Component*> added_;
    std::vector<const OutboxBase*> unlinked_;
    std::map<const InboxBase*, std::unique_ptr<FeederBase>> feeders_;
    std::map<const OutboxBase*, std::unique_ptr<InboxBase>> collectors_;
};

} // namespace axon::testing
