// Filter, Source, Sink and map: the usual shapes of a component, with their boxes declared.
#pragma once

#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace axon {

/// From inbox to outbox.
template <class In, class Out>
class Filter : public Component {
public:
    using Component::Component;
    Filter() = default;
    /// With limits of its own.
    explicit Filter(const InboxOptions& options) : inbox{*this, "inbox", options} {}

    Inbox<In> inbox{*this, "inbox", {.required = true}};
    Outbox<Out> outbox{*this, "outbox"};
};

/// Makes messages.
template <class T>
class Source : public Component {
public:
    using Component::Component;
    Outbox<T> outbox{*this, "outbox"};
};

/// Uses messages up.
template <class T>
class Sink : public Component {
public:
    using Component::Component;
    Inbox<T> inbox{*this, "inbox", {.required = true}};
};

/// A stage without state: what the function makes of each message.
template <class In, class F>
class Map final : public Filter<In, std::invoke_result_t<F&, In>> {
public:
    explicit Map(F function) : function_{std::move(function)} {}

private:
    Task<> main() override {
        while (auto message = co_await this->inbox.receive()) {
            co_await this->outbox.send(function_(std::move(*message)));
        }
    }

    F function_;
};

/// As in `reader | adopt(axon::map<Bytes>(shout)) | pager`: for a function that takes several types.
template <class In, class F>
[[nodiscard]] std::unique_ptr<Map<In, F>> map(F function) {
    return std::make_unique<Map<In, F>>(std::move(function));
}

namespace detail {
template <class R, class In>
std::remove_cvref_t<In> argument_of(const std::function<R(In)>&); // not defined: for its type
template <class F>
using ArgumentOf = decltype(argument_of(std::function{std::declval<F>()}));
} // namespace detail

/// As in `adopt(axon::map([](int number) { return 2 * number; }))`.
template <class F>
[[nodiscard]] std::unique_ptr<Map<detail::ArgumentOf<F>, F>> map(F function) {
    return std::make_unique<Map<detail::ArgumentOf<F>, F>>(std::move(function));
}

} // namespace axon
