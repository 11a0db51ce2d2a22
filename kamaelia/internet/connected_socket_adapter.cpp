#include "kamaelia/internet/connected_socket_adapter.hpp"

#include "axon/awaited.hpp"
#include "axon/check.hpp"
#include "axon/combine.hpp"

#include <utility>

namespace kamaelia {

// Everything was sent, the connection has died, or the descriptor was given away; or the protocol has ended.
class ConnectedSocketAdapter::Over final : public axon::Wait {
public:
    enum class Or : bool { nothing, finishing };
    Over(ConnectedSocketAdapter& adapter, Or what) noexcept : adapter_{adapter}, or_{what} {}
    [[nodiscard]] axon::Component& component() const noexcept { return adapter_; }
    [[nodiscard]] bool ready() const noexcept override {
        return adapter_.over_ || adapter_.error() || adapter_.socket_.get() < 0 ||
               (or_ == Or::finishing && adapter_.finishing_);
    }
    void describe(std::vector<axon::Awaited>& list) const override {
        list.push_back({.text = "the end of the connection"});
    }
    [[nodiscard]] bool await_ready() const noexcept { return ready(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        adapter_.suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    ConnectedSocketAdapter& adapter_;
    Or or_;
};

ConnectedSocketAdapter::ConnectedSocketAdapter(Descriptor connected, Traffic* traffic)
    : socket_{std::move(connected), traffic} {}

axon::Task<> ConnectedSocketAdapter::main() {
    co_await socket_.open(*this);
    reader_ = &child<SocketReader>(socket_);
    writer_ = &child<SocketWriter>(socket_);
    writer_->inbox.set_options(inbox.options());
    link(reader_->outbox, outbox);
    link(inbox, writer_->inbox);
    catch_up(*reader_);
    catch_up(*writer_);
    co_await Over{*this, Over::Or::finishing};
    gave_up_ = !patient_ || !co_await flushed();
    if (gave_up_) co_return;
    if (error() || file_failed() || socket_.get() < 0) co_return;
    socket_.finish_writing();
    if (heard_end_) co_return;
    stop(*reader_);
    co_await await_delivery();
}

// False when it takes too long: who never reads holds what waits for him, which may be a whole file.
axon::Task<bool> ConnectedSocketAdapter::flushed() {
    constexpr auto look = flush_patience / 20;
    const auto sent = [this] { return std::pair{socket_.sent(), socket_.unacknowledged()}; };
    auto last = sent();
    auto last_progress = now();
    while (!co_await axon::within(look, Over{*this, Over::Or::nothing})) {
        if (std::exchange(last, sent()) != last) last_progress = now();
        if (now() - last_progress >= flush_patience) co_return false;
    }
    co_return true;
}

// Closing with unread input, or before more of it comes, would make the kernel throw away what the other
// side has not fetched yet.
axon::Task<> ConnectedSocketAdapter::await_delivery() {
    auto left = socket_.unacknowledged();
    auto last_progress = now();
    while (!co_await axon::within(*this, linger / 8, await_close())) {
        const auto before = std::exchange(left, socket_.unacknowledged());
        if (left < before) last_progress = now();
        if (now() - last_progress >= (left == 0 ? linger : patience)) co_return;
    }
}

axon::Task<> ConnectedSocketAdapter::await_close() {
    while (true) {
        co_await socket_.readable(*this);
        const auto data = socket_.read();
        if (data && data->empty()) co_return;
        if (!data && data.error() != std::errc::operation_would_block) co_return;
    }
}

void ConnectedSocketAdapter::child_has_ended(axon::Component& child) {
    if (&child == writer_) {
        over_ = true;
    } else if (!over_) {
        heard_end_ = reader_->at_end();
        outbox.close();
    }
}

void ConnectedSocketAdapter::control_arrived(const axon::Signal& news) {
    Composite::control_arrived(news);
    finishing_ = finishing_ || std::holds_alternative<axon::ProducerFinished>(news);
}

void ConnectedSocketAdapter::limit_backlog(const Backlog& most) noexcept {
    socket_.limit_backlog(most);
    inbox.set_options({.capacity = 1});
    if (writer_) writer_->inbox.set_options(inbox.options());
}

Descriptor ConnectedSocketAdapter::release() {
    AXON_CHECK(reader_ && !over_);
    stop(*reader_);
    stop(*writer_);
    auto descriptor = socket_.release();
    notify();
    return descriptor;
}

bool ConnectedSocketAdapter::file_failed() const noexcept {
    return writer_ && writer_->ending() == axon::Ending::failed;
}

std::error_code ConnectedSocketAdapter::error() const noexcept {
    if (reader_ && reader_->error()) return reader_->error();
    return writer_ ? writer_->error() : std::error_code{};
}

} // namespace kamaelia
