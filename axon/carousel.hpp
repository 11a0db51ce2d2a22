// Carousel: one component after the other in the same place, each made for an order.
//
//     auto& songs = child<Carousel<Path, Bytes, Bytes>>([](Path path) {
//         return std::make_unique<FileReader>(std::move(path));
//     });
//     link(chooser.outbox, songs.next);            // an order: play this
//     link(songs.request_next, chooser.inbox);     // "NEXT": the song is over
//     songs | pager;
#pragma once

#include "axon/bytes.hpp"
#include "axon/composite.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace axon {

/// What all carousels have in common; see Carousel.
class CarouselBase : public Composite {
public:
    /// "NEXT": a child has come to its own end, and no order waits. Never waits itself: where there is no
    /// room for it, requests wait already.
    Outbox<Bytes> request_next{*this, "requestNext"};

protected:
    explicit CarouselBase(bool request_first) noexcept : request_first_{request_first} {}

    [[nodiscard]] virtual InboxBase& data() noexcept = 0;
    [[nodiscard]] virtual InboxBase& orders() noexcept = 0;
    [[nodiscard]] virtual OutboxBase& result() noexcept = 0;
    /// Takes one order.
    [[nodiscard]] virtual std::unique_ptr<Component> make() = 0;

private:
    class Order;
    Task<> main() final;
    void control_arrived(const Signal& news) final;
    void child_has_ended(Component& child) final;
    void request();
    void start(std::unique_ptr<Component> child);

    Component* child_ = nullptr;
    bool request_first_;
    bool replacing_ = false;
    bool over_ = false; ///< shut down: no more orders are served
};

/// Whether a Carousel begins with a request of its own, or waits for its first order.
enum class FirstRequest : bool { none, at_start };

/// For each message on `next` the factory makes a child from it: what comes by `inbox` is for the child,
/// what the child sends leaves by `outbox`, and both boxes stay open between children. Nothing is lost on
/// the way: what a child has not read, and what comes while there is none, is for the next one, and a
/// sender that waits keeps its message. An order that comes while a child lives asks it to end (Shutdown:
/// it finishes what is in its inbox), and the next one starts only when it has. A child may be without
/// inbox or outbox. What it says by its signal goes nowhere; that one has failed is logged as ever.
///
/// It ends when `next` has ended and the last child has. A Shutdown goes to the child, and orders that
/// wait are dropped.
template <class OrderMessage, class In, class Out>
class Carousel final : public CarouselBase {
public:
    /// Makes the child for an order; null for no child, and then the next order is requested.
    using Factory = std::function<std::unique_ptr<Component>(OrderMessage)>;

    explicit Carousel(Factory factory, FirstRequest first = FirstRequest::none)
        : CarouselBase{first == FirstRequest::at_start}, factory_{std::move(factory)} {}

    Inbox<In> inbox{*this, "inbox"};
    Inbox<OrderMessage> next{*this, "next"};
    Outbox<Out> outbox{*this, "outbox"};

private:
    InboxBase& data() noexcept override { return inbox; }
    InboxBase& orders() noexcept override { return next; }
    OutboxBase& result() noexcept override { return outbox; }
    std::unique_ptr<Component> make() override { return factory_(*next.try_receive()); }

    Factory factory_;
};

} // namespace axon
