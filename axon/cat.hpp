// Cat: the co-ordinating assistant tracker, a component's environment (paper section 3.4).
//
//     cat().offer("selector", inbox);                     // a service: a name for an inbox
//     cat().link("selector", outbox);                     // elsewhere: found by name, types checked
//     cat().keys().set("title", std::string{"Ode"});      // a key: something under a name (axon/keys.hpp)
//     axon::Value<std::uint64_t> sent{cat(), {...}};      // a statistic, read anywhere (axon/value.hpp)
//     own_cat().offer("log", log.inbox);                  // a composite's own, for those below it
#pragma once

#include "axon/cat_error.hpp"
#include "axon/keys.hpp"
#include "axon/outbox.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace axon {

class Scheduler;
class Values;

/// A scope of names. Scopes nest: what is not found here is looked for in the one around it, from a
/// composite's own to its worker's and the system's; what is offered here is seen from within only.
///
/// Belongs to one scheduler's thread, but for values().
class Cat {
public:
    /// An outermost one, as a system has it, with values of its own.
    Cat();
    /// Within `outer`, which outlives it.
    explicit Cat(Cat& outer) noexcept;
    /// A worker's, within its system's. Only the first worker looks for services and keys there; its values
    /// are everybody's.
    Cat(Cat& system, const Scheduler& scheduler) noexcept;
    /// A component's own: within that of its parent, whichever that will be.
    explicit Cat(const Component& component) noexcept;
    ~Cat();
    Cat(const Cat&) = delete;
    Cat& operator=(const Cat&) = delete;

    /// The scope around this one; null for an outermost one, and in the constructor of a composite.
    [[nodiscard]] Cat* outer() const noexcept;

    /// Names an inbox, until withdraw() or the end of the inbox or of its owner. Linkages to it then die
    /// too, and their outboxes may be linked anew. While it is offered, users come and go: the last one's
    /// end does not end the inbox. Throws CatError when the name is taken here, or the owner has ended.
    void offer(std::string name, InboxBase& inbox);
    /// As above, with the name of the inbox. Throws CatError when there is no such inbox.
    void offer(std::string name, Component& component, std::string_view inbox);
    /// Takes back a name that was offered here; who is linked stays linked. Throws NoSuchService.
    void withdraw(std::string_view name);
    /// Takes back every name of the inbox, here and elsewhere.
    static void withdraw(InboxBase& inbox) noexcept;

    /// Null when neither this nor an enclosing scope knows the name.
    [[nodiscard]] InboxBase* find(std::string_view name) const noexcept;
    /// Throws NoSuchService, with the nearest name that is known.
    [[nodiscard]] InboxBase& service(std::string_view name) const;
    /// With its type, for a Sender. Throws NoSuchService, or LinkError when it takes other messages.
    template <class T>
    [[nodiscard]] Inbox<T>& service(std::string_view name) const {
        return static_cast<Inbox<T>&>(service_of_type(name, message_type<T>));
    }
    /// Leads an outbox to a service. Throws NoSuchService, or LinkError when the types do not fit or the
    /// outbox leads somewhere already.
    void link(std::string_view name, OutboxBase& outbox) const;
    /// The services that a component's inboxes are, here and elsewhere.
    [[nodiscard]] static std::vector<std::pair<std::string, const InboxBase*>> offered_by(
        const Component& owner);
    /// The names that are offered here, in alphabetical order.
    [[nodiscard]] std::vector<std::string> services() const;

    /// Only from a turn of its own scheduler, or while that one does not run.
    [[nodiscard]] Keys& keys() noexcept { return keys_; }
    [[nodiscard]] const Keys& keys() const noexcept { return keys_; }
    /// Those of the outermost scope. Not in the constructor of a composite.
    [[nodiscard]] Values& values();

    struct Offer; ///< one service here; internal to axon

private:
    friend class Component;
    friend class Keys;
    friend class System;

    /// The innermost scope from `component` outward; null when it has none yet.
    [[nodiscard]] static Cat* around(const Component* component) noexcept;
    /// Null when it is nobody's, or not known yet.
    [[nodiscard]] const Scheduler* scheduler() const noexcept;
    [[nodiscard]] InboxBase& service_of_type(std::string_view name, const MessageType& type) const;
    void forget(Offer& offer) noexcept;

    Cat* outer_ = nullptr;
    const Scheduler* scheduler_ = nullptr;
    const Component* component_ = nullptr; ///< whose own it is, if anybody's
    std::map<std::string, std::unique_ptr<Offer>, std::less<>> services_;
    Keys keys_{*this};
    std::unique_ptr<Values> own_values_; ///< of an outermost scope
    Values* values_ = nullptr;           ///< of an outermost scope and of a worker's
};

} // namespace axon
