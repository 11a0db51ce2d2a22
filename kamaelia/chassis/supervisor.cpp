#include "kamaelia/chassis/supervisor.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace kamaelia {

Supervisor::Supervisor(Factory make, Restart restart)
    : Component{axon::handles_control}, make_{std::move(make)}, restart_{restart} {
    link(to_failures_, failures_);
}

axon::Task<> Supervisor::main() {
    const axon::Labels labels{{"graph", std::string{label()}}};
    axon::Value<std::int64_t> up{cat(),
                                 {.name = "kamaelia_graph_up",
                                  .help = "Whether the graph runs.",
                                  .kind = axon::ValueKind::gauge,
                                  .labels = labels}};
    axon::Value<std::uint64_t> restarts{cat(),
                                        {.name = "kamaelia_graph_restarts_total",
                                         .help = "How often the graph was started again.",
                                         .labels = labels}};
    auto delay = first_delay;
    while (true) {
        const auto began = now();
        start();
        up.set(running_ ? 1 : 0);
        co_await run_once();
        up.set(0);
        if (asked_to_end_) co_return;
        const bool again = restart_ == Restart::always || (restart_ == Restart::on_failure && failure_);
        if (!again) break;
        if (now() - began >= steady_after) delay = first_delay;
        const auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(delay).count();
        log(axon::LogLevel::warning, (failure_ ? "failed: " + *failure_ : std::string{"has ended"}) +
                                         "; starts again in " + std::to_string(pause) + " ms");
        if (co_await asked_to_end_within(delay)) co_return;
        ++restarts;
        delay = std::min(delay * 2, longest_delay);
    }
    if (failure_) throw std::runtime_error{"failed, and is not started again: " + *failure_};
}

void Supervisor::start() {
    failure_.reset();
    while (failures_.try_receive()) { // of the last one, when it was ending already
    }
    while (ended_.try_receive()) {
    }
    try {
        auto made = make_();
        running_ = made.get();
        (void)spawn(std::move(made));
    } catch (const std::exception& error) {
        running_ = nullptr;
        failure_ = error.what();
    }
}

// Until what was started has ended.
axon::Task<> Supervisor::run_once() {
    auto limit = axon::Time::max();
    while (running_) {
        switch (co_await axon::first_of(ended_.receive(), control.receive(), failures_.receive(),
                                        sleep_until(limit))) {
        case 0: (void)ended_.try_receive(); break;
        case 1: hear_control(); break;
        case 2:
            (void)failures_.try_receive();
            if (restart_ == Restart::never || asked_to_end_ || !running_) break;
            shut_down(*running_);
            limit = now() + patience;
            break;
        default: stop(*running_); limit = axon::Time::max();
        }
    }
}

void Supervisor::hear_control() {
    while (has_signal()) {
        if (!std::holds_alternative<axon::Shutdown>(next_signal())) continue;
        asked_to_end_ = true;
        if (running_) shut_down(*running_);
    }
}

axon::Task<bool> Supervisor::asked_to_end_within(axon::Duration duration) {
    const auto until = now() + duration;
    while (!asked_to_end_) {
        if (co_await axon::first_of(control.receive(), sleep_until(until)) == 1) break;
        hear_control();
    }
    co_return asked_to_end_;
}

void Supervisor::child_has_ended(axon::Component& child) {
    if (&child == running_) running_ = nullptr;
}

// In the turn of what has failed.
void Supervisor::failed_below(const axon::Failure& failure) {
    if (failure_) return;
    failure_ = failure.path + ": " + failure.what;
    auto told = *failure_;
    (void)to_failures_.try_send(told);
}

} // namespace kamaelia
