// offload: work that blocks or takes long, on a small pool of threads, awaited by a component.
//
//     auto page = co_await axon::offload(*this, [file = std::move(file)]() mutable { return read(file); });
//
// The function owns what it uses (captured by value or moved in): the component may be stopped
// meanwhile, and the work then ends by itself with its result thrown away. What it owns is freed there, too.
#pragma once

#include "axon/awaited.hpp"
#include "axon/component.hpp"
#include "axon/offload_pool.hpp"
#include "axon/system.hpp"

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace axon {

/// What offload() gives to `co_await`: the function's result, or its exception.
template <class F>
class [[nodiscard]] Offload final : public Wait {
public:
    using Result = std::invoke_result_t<F&>;
    /// The result is given once: first_of() does not take it.
    struct GivenOnce;

    Offload(Component& component, F function) : component_{component}, function_{std::move(function)} {}
    ~Offload() {
        if (job_) job_->awaited_by = nullptr;
    }

    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override { return outcome_.index() != 0; }
    void arm() override;
    void describe(std::vector<Awaited>& list) const override {
        list.push_back({.what = Awaited::What::work});
    }
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }
    Result await_resume() {
        if (auto* error = std::get_if<2>(&outcome_)) std::rethrow_exception(*error);
        if constexpr (!std::is_void_v<Result>) return std::move(std::get<1>(outcome_));
    }

private:
    using Value = std::conditional_t<std::is_void_v<Result>, std::monostate, Result>;
    using Outcome = std::variant<std::monostate, Value, std::exception_ptr>;

    struct Work final : Job {
        Work(RemoteQueue& home, Offload& wait)
            : Job{home}, awaited_by{&wait}, function{std::move(wait.function_)} {}
        ~Work() override {
            if (awaited_by) awaited_by->job_ = nullptr;
        }

        void work() noexcept override {
            try {
                if constexpr (std::is_void_v<Result>) {
                    (*function)();
                    outcome.template emplace<1>();
                } else {
                    outcome.template emplace<1>((*function)());
                }
            } catch (...) {
                outcome.template emplace<2>(std::current_exception());
            }
            function.reset();
            home_.post(*this);
        }
        void arrive() override {
            const std::unique_ptr<Work> self{this};
            if (!awaited_by) return; // it was stopped meanwhile
            awaited_by->outcome_ = std::move(outcome);
            awaited_by->component_.notify();
        }

        Offload* awaited_by; ///< only used on the scheduler's thread
        std::optional<F> function;
        Outcome outcome;
    };

    Component& component_;
    F function_;
    Work* job_ = nullptr;
    Outcome outcome_;
};

template <class F>
void Offload<F>::arm() {
    auto work = std::make_unique<Work>(component_.scheduler().remote(), *this);
    job_ = work.get();
    component_.system().offload_pool().submit(std::move(work));
}

/// Runs `function()` elsewhere; `self` is the component that awaits it.
template <class F>
[[nodiscard]] Offload<F> offload(Component& self, F function) {
    return Offload<F>{self, std::move(function)};
}

} // namespace axon
