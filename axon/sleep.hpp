// SleepWait: waiting for a time to come.
#pragma once

#include "axon/awaited.hpp"
#include "axon/component.hpp"
#include "axon/prefetch.hpp"
#include "axon/timer_wheel.hpp"

#include <cstddef>

namespace axon {

/// What sleep_for() and sleep_until() give to `co_await`. A time that has passed does not wait.
class [[nodiscard]] SleepWait final : public Wait, private Timer {
public:
    SleepWait(Component& component, Time until) noexcept : component_{component}, until_{until} {}

    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override { return over_; }
    void arm() override { component_.scheduler().timers().start(*this, until_); }
    void describe(std::vector<Awaited>& list) const override {
        list.push_back({.what = Awaited::What::time, .until = until_});
    }
    [[nodiscard]] bool await_ready() noexcept {
        over_ = component_.scheduler().now() >= until_;
        return over_ && component_.spend();
    }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    // Cold memory is most of what a turn after a sleep costs where thousands sleep.
    void fetch() noexcept override {
        constexpr std::size_t most = 576; // bytes: what is behind is seldom needed
        prefetch(&component_, most);
        if (resume) prefetch(resume.address(), most); // of several waits one has it
    }
    void fetch_more() noexcept override { component_.fetch(); }
    void fire() override {
        over_ = true;
        component_.notify();
    }

    Component& component_;
    Time until_;
    bool over_ = false;
};

inline SleepWait Component::sleep_until(Time time) noexcept { return SleepWait{*this, time}; }
inline SleepWait Component::sleep_for(Duration duration) noexcept {
    return SleepWait{*this, after(now(), duration)};
}

} // namespace axon
