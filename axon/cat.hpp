// Cat: the co-ordinating assistant tracker, a component's environment (paper section 3.4).
//
//     cat().offer("selector", inbox);                     // a service: a name for an inbox
//     cat().link("selector", outbox);                     // elsewhere: found by name, types checked
#pragma once

#include "axon/outbox.hpp"

#include <map>
#include <string>
#include <string_view>

namespace axon {

/// A name that is not there, is there already, or names an inbox of other messages.
class CatError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// Nested: what is not found here is looked for in the enclosing one.
class Cat {
public:
    explicit Cat(Cat* outer = nullptr) noexcept : outer_{outer} {}
    Cat(const Cat&) = delete;
    Cat& operator=(const Cat&) = delete;

    /// Names an inbox, until withdraw() or its owner's end. Throws CatError when the name is taken here.
    void offer(std::string name, InboxBase& inbox);
    /// Takes back every name of the inbox.
    void withdraw(InboxBase& inbox) noexcept;
    /// Null when neither this nor an enclosing tracker knows the name.
    [[nodiscard]] InboxBase* find(std::string_view name) const noexcept;

    /// Leads an outbox to a service. Throws CatError for an unknown name, LinkError for types that do not
    /// fit.
    void link(std::string_view name, OutboxBase& outbox) const;

private:
    Cat* outer_;
    std::map<std::string, InboxBase*, std::less<>> services_;
};

} // namespace axon
