// Needed: an await for a component that serves others by an inbox which it offers in the CAT.
//
//     co_await Needed{requests};                    // somebody asks, or nobody can any more
//     if (auto request = requests.try_receive()) ...
//     else co_return;
#pragma once

#include "axon/awaited.hpp"
#include "axon/box.hpp"
#include "axon/component.hpp"
#include "axon/wait.hpp"

#include <coroutine>
#include <vector>

namespace kamaelia {

/// Over when a message is there or nobody is linked: what is offered does not end with its last user.
class [[nodiscard]] Needed final : public axon::Wait {
public:
    explicit Needed(axon::InboxBase& requests) noexcept : requests_{requests} {}

    [[nodiscard]] axon::Component& component() const noexcept { return requests_.owner(); }
    [[nodiscard]] bool ready() const noexcept override {
        return !requests_.empty() || !requests_.first_source();
    }
    [[nodiscard]] bool done_with(const axon::InboxBase& inbox) const noexcept override {
        return &inbox == &requests_;
    }
    void describe(std::vector<axon::Awaited>& list) const override {
        list.push_back({.what = axon::Awaited::What::input, .box = &requests_});
    }
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component().suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    axon::InboxBase& requests_;
};

} // namespace kamaelia
