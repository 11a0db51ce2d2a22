// Filter, Source, Sink and map: the usual shapes of a component, with their boxes declared.
#pragma once

#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"

#include <memory>
#include <type_traits>
#include <utility>

namespace axon {

/// From inbox to outbox.
template <class In, class Out>
class Filter : public Component {
public:
    using Component::Component;
    Inbox<In> inbox{*this, "inbox"};
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
    Inbox<T> inbox{*this, "inbox"};
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

/// As in `adopt(axon::map<Bytes>(shout))`.
template <class In, class F>
[[nodiscard]] std::unique_ptr<Map<In, F>> map(F function) {
    return std::make_unique<Map<In, F>>(std::move(function));
}

} // namespace axon
