#include "kamaelia/internet/selector.hpp"

#include "axon/awaited.hpp"
#include "axon/cat.hpp"
#include "axon/system.hpp"
#include "kamaelia/internet/reactor.hpp"

namespace kamaelia {

// Somebody watches, has asked to, or may still ask.
class Selector::Needed final : public axon::Wait {
public:
    explicit Needed(Selector& selector) noexcept : selector_{selector} {}
    [[nodiscard]] bool ready() const noexcept override {
        return !selector_.notify.empty() ||
               (selector_.reactor_->watched() == 0 && !selector_.notify.first_source());
    }
    [[nodiscard]] bool done_with(const axon::InboxBase& inbox) const noexcept override {
        return &inbox == &selector_.notify;
    }
    void describe(std::vector<axon::Awaited>& list) const override {
        list.push_back({.what = axon::Awaited::What::input, .box = &selector_.notify});
    }
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        selector_.suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    Selector& selector_;
};

Selector::Selector() : reactor_{std::make_unique<Reactor>(*this)} {}

Selector::~Selector() {
    if (state() != State::fresh && scheduler().poller() == reactor_.get()) scheduler().set_poller(nullptr);
}

void Selector::link(axon::Component& user, axon::Outbox<WatchRequest>& requests) {
    auto& cat = user.scheduler().cat();
    if (!cat.find(service)) {
        auto selector = std::make_unique<Selector>();
        cat.offer(service, selector->notify);
        user.scheduler().set_poller(selector->reactor_.get());
        user.scheduler().start(std::move(selector));
    }
    cat.link(service, requests);
}

axon::Task<> Selector::main() {
    while (true) {
        co_await Needed{*this};
        auto request = notify.try_receive();
        if (!request) co_return;
        auto reply = std::move(request->reply);
        reactor_->watch(request->fd, std::move(reply));
    }
}

axon::Task<Watch> watch(axon::Component& self, int fd) {
    axon::Inbox<Ready> reply{self, "watched"};
    axon::Outbox<WatchRequest> requests{self, "selector"};
    Selector::link(self, requests);
    co_await requests.send({fd, axon::Sender<Ready>{reply}});
    auto ready = co_await reply.receive();
    co_return ready ? std::move(ready->watch) : Watch{};
}

} // namespace kamaelia
