#include "axon/carousel.hpp"

namespace axon {

/// Waits for an order, or for that no more will be served.
class [[nodiscard]] CarouselBase::Order final : public Wait {
public:
    explicit Order(CarouselBase& carousel) noexcept : carousel_{carousel} {}

    [[nodiscard]] bool ready() const noexcept override {
        return carousel_.over_ || carousel_.orders().ready();
    }
    [[nodiscard]] bool await_ready() const noexcept { return ready() && carousel_.spend(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        carousel_.suspend(*this);
    }
    [[nodiscard]] bool await_resume() const noexcept {
        return !carousel_.over_ && !carousel_.orders().empty();
    }

private:
    CarouselBase& carousel_;
};

Task<> CarouselBase::main() {
    if (request_first_) request();
    while (co_await Order{*this}) {
        if (child_) {
            replacing_ = true;
            shut_down(*child_);
            co_await children_ended();
            replacing_ = false;
            if (over_) break;
        }
        start(make());
    }
    co_await children_ended();
}

void CarouselBase::start(std::unique_ptr<Component> child) {
    if (!child) return request();
    if (auto* const box = child->find_box("inbox"); box && box->is_inbox()) Linkages::link(data(), *box);
    if (auto* const box = child->find_box("outbox"); box && !box->is_inbox()) Linkages::link(*box, result());
    child_ = child.get();
    (void)spawn(std::move(child));
    catch_up(*child_);
}

void CarouselBase::child_has_ended(Component&) {
    child_ = nullptr;
    if (!replacing_ && !over_ && !orders().ready()) request();
}

void CarouselBase::request() { (void)request_next.try_send(Bytes{"NEXT"}); }

void CarouselBase::control_arrived(const Signal& news) {
    Composite::control_arrived(news);
    if (std::holds_alternative<Shutdown>(news)) over_ = true; // take_signal() then wakes us
}

} // namespace axon
