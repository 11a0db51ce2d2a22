// Pipeline: components one after the other, as in a Unix shell.
//
//     system.adopt(axon::pipeline(std::make_unique<FileReader>(path), std::make_unique<Shout>()));
//
//     auto& loud = adopt(axon::pipeline(std::make_unique<Shout>(), std::make_unique<Twice>()));
//     reader | loud | pager;                       // a pipeline is a component, and a stage of another
#pragma once

#include "axon/composite.hpp"

#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace axon {

namespace detail {

template <class From, class To>
inline constexpr bool links = Links<From, To>; // asserted in this form, a misfit is told in two lines

template <class Last>
consteval void check_neighbours() {}
template <class First, class Second, class... Rest>
consteval void check_neighbours() {
    static_assert(links<First, Second>, "neighbours in a pipeline do not fit");
    check_neighbours<Second, Rest...>();
}

template <class... Stages>
[[nodiscard]] std::vector<std::unique_ptr<Component>> listed(std::unique_ptr<Stages>... stages) {
    std::vector<std::unique_ptr<Component>> all;
    (all.push_back(std::move(stages)), ...);
    return all;
}

} // namespace detail

/// Links each stage's outbox to the next one's inbox and its signal to the next one's control. Its own
/// inbox and outbox are the first stage's and the last one's, where they have them. When a stage ends, the
/// one before it is shut down, and so on upwards; it ends at its next send where nobody else hears it. The
/// pipeline ends when all have.
class Pipeline : public Composite {
public:
    /// Throws LinkError when neighbours do not fit; std::invalid_argument without stages.
    explicit Pipeline(std::vector<std::unique_ptr<Component>> stages);

    /// `Pipeline{std::make_unique<Shout>(), ...}`: neighbours are checked by the compiler.
    template <class... Stages>
        requires(sizeof...(Stages) > 0)
    explicit Pipeline(std::unique_ptr<Stages>... stages) : Pipeline{detail::listed(std::move(stages)...)} {
        detail::check_neighbours<Stages...>();
    }

private:
    std::unique_ptr<InboxBase> inbox_;
    std::unique_ptr<OutboxBase> outbox_;
};

namespace detail {

// What a pipeline shows of the boxes at its ends, where there are any.
template <class First>
struct FirstBox {
    explicit FirstBox(Component&) noexcept {}
};
template <HasInbox First>
struct FirstBox<First> {
    explicit FirstBox(Component& pipeline)
        : inbox{static_cast<Inbox<InboxMessage<First>>&>(*pipeline.find_box("inbox"))} {}
    Inbox<InboxMessage<First>>& inbox;
};
template <class Last>
struct LastBox {
    explicit LastBox(Component&) noexcept {}
};
template <HasOutbox Last>
struct LastBox<Last> {
    explicit LastBox(Component& pipeline)
        : outbox{static_cast<Outbox<OutboxMessage<Last>>&>(*pipeline.find_box("outbox"))} {}
    Outbox<OutboxMessage<Last>>& outbox;
};

template <class... Stages>
using First = FirstBox<std::tuple_element_t<0, std::tuple<Stages...>>>;
template <class... Stages>
using Last = LastBox<std::tuple_element_t<sizeof...(Stages) - 1, std::tuple<Stages...>>>;

} // namespace detail

namespace typed {

/// A pipeline whose boxes have types, so that it can be a stage of another one. Made by axon::pipeline().
template <class... Stages>
class Pipeline final : public axon::Pipeline,
                       public detail::First<Stages...>,
                       public detail::Last<Stages...> {
public:
    explicit Pipeline(std::unique_ptr<Stages>... stages)
        : axon::Pipeline{std::move(stages)...},
          detail::First<Stages...>{static_cast<Component&>(*this)},
          detail::Last<Stages...>{static_cast<Component&>(*this)} {}
};

} // namespace typed

/// A pipeline of these components, checked by the compiler.
template <class... Stages>
    requires(sizeof...(Stages) > 0)
[[nodiscard]] std::unique_ptr<typed::Pipeline<Stages...>> pipeline(std::unique_ptr<Stages>... stages) {
    detail::check_neighbours<Stages...>(); // here too, so that the message leads straight to the caller
    return std::make_unique<typed::Pipeline<Stages...>>(std::move(stages)...);
}

} // namespace axon
