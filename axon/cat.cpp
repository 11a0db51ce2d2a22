#include "axon/cat.hpp"

#include "axon/component_extra.hpp"
#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"
#include "axon/scheduler.hpp"
#include "axon/values.hpp"

#include <utility>

namespace axon {

/// Stands in its scope by name, and in a list of those of the same owner.
struct Cat::Offer {
    std::string_view name;
    InboxBase* inbox;
    Cat* cat;
    Offer* next_of_owner;
};

namespace {

std::string box_path(const Box& box) {
    return (box.owned() ? box.owner().path() + "." : "") + std::string{box.name()};
}

// Of those, the ones that are inboxes.
std::vector<std::string_view> inboxes_of(const Component& component) {
    std::vector<std::string_view> names;
    for (const auto* box = component.first_box(); box; box = box->next_box()) {
        if (box->is_inbox()) names.insert(names.begin(), box->name());
    }
    return names;
}

} // namespace

Cat::Cat() : own_values_{std::make_unique<Values>()}, values_{own_values_.get()} {}
Cat::Cat(Cat& outer) noexcept : outer_{&outer} {}
Cat::Cat(Cat& system, const Scheduler& scheduler) noexcept
    : outer_{scheduler.worker() == 0 ? &system : nullptr}, scheduler_{&scheduler}, values_{system.values_} {}
Cat::Cat(const Component& component) noexcept : component_{&component} {}

Cat::~Cat() {
    while (!services_.empty()) forget(*services_.begin()->second);
}

Cat* Cat::around(const Component* component) noexcept {
    const auto* const scheduler = component->scheduler_;
    for (; component; component = component->parent_) {
        if (component->extra_ && component->extra_->cat) return component->extra_->cat.get();
    }
    return scheduler ? &scheduler->cat() : nullptr;
}

Cat* Cat::outer() const noexcept {
    if (!component_) return outer_;
    if (component_->parent_) return around(component_->parent_);
    return component_->scheduler_ ? &component_->scheduler_->cat() : nullptr;
}

const Scheduler* Cat::scheduler() const noexcept { return component_ ? component_->scheduler_ : scheduler_; }

Values& Cat::values() {
    auto* scope = this;
    while (!scope->values_ && scope->outer()) scope = scope->outer();
    AXON_CHECK(scope->values_);
    return *scope->values_;
}

void Cat::offer(std::string name, InboxBase& inbox) {
    auto& owner = inbox.owner();
    if (owner.state() == Component::State::ended) {
        throw CatError{"service " + quote(name) + " cannot be offered by " + owner.path() +
                       ", which has ended"};
    }
    const auto taken = services_.find(name);
    if (taken != services_.end()) {
        throw CatError{"service " + quote(name) + " is offered already, by " +
                       taken->second->inbox->owner().path()};
    }
    auto& first = owner.extra().offers;
    const auto entry =
        services_.emplace(std::move(name), std::make_unique<Offer>(Offer{{}, &inbox, this, first})).first;
    entry->second->name = entry->first;
    first = entry->second.get();
    inbox.offered_ = true;
}

void Cat::offer(std::string name, Component& component, std::string_view inbox) {
    auto* const box = component.find_box(inbox);
    if (!box) {
        throw CatError{component.path() + " has no inbox " + quote(inbox) + " to offer as service " +
                       quote(name) + suggestion(inbox, inboxes_of(component))};
    }
    if (!box->is_inbox()) {
        throw CatError{box_path(*box) + " is an outbox and cannot be offered as service " + quote(name)};
    }
    offer(std::move(name), static_cast<InboxBase&>(*box));
}

void Cat::withdraw(std::string_view name) {
    const auto entry = services_.find(name);
    if (entry == services_.end()) throw NoSuchService{"service " + quote(name) + " is not offered here"};
    forget(*entry->second);
}

void Cat::withdraw(InboxBase& inbox) noexcept {
    if (!inbox.offered_) return;
    auto* offer = inbox.owner().extra_->offers;
    while (offer) {
        auto& each = *std::exchange(offer, offer->next_of_owner);
        if (each.inbox == &inbox) each.cat->forget(each);
    }
}

void Cat::forget(Offer& offer) noexcept {
    auto& inbox = *offer.inbox;
    inbox.offered_ = false;
    auto** link = &inbox.owner().extra_->offers;
    while (*link) {
        if (*link == &offer) {
            *link = offer.next_of_owner;
            continue;
        }
        if ((*link)->inbox == &inbox) inbox.offered_ = true; // by another name
        link = &(*link)->next_of_owner;
    }
    services_.erase(services_.find(offer.name));
}

InboxBase* Cat::find(std::string_view name) const noexcept {
    for (const auto* scope = this; scope; scope = scope->outer()) {
        const auto entry = scope->services_.find(name);
        if (entry != scope->services_.end()) return entry->second->inbox;
    }
    return nullptr;
}

InboxBase& Cat::service(std::string_view name) const {
    if (auto* const inbox = find(name)) return *inbox;
    std::vector<std::string_view> known;
    for (const auto* scope = this; scope; scope = scope->outer()) {
        for (const auto& [each, offer] : scope->services_) known.push_back(each);
    }
    throw NoSuchService{"no service " + quote(name) + suggestion(name, known)};
}

InboxBase& Cat::service_of_type(std::string_view name, const MessageType& type) const {
    auto& inbox = service(name);
    if (&inbox.type() == &type) return inbox;
    throw LinkError{"service " + quote(name) + " takes " + std::string{inbox.type().name} +
                    " and is offered by " + box_path(inbox) + "; asked for with " + std::string{type.name}};
}

void Cat::link(std::string_view name, OutboxBase& outbox) const {
    auto& inbox = service(name);
    if (!fits(outbox.type(), inbox.type())) {
        throw LinkError{"service " + quote(name) + " takes " + std::string{inbox.type().name} +
                        " and is offered by " + box_path(inbox) + "; " + box_path(outbox) + " sends " +
                        std::string{outbox.type().name}};
    }
    Linkages::link(outbox, inbox);
}

std::vector<std::pair<std::string, const InboxBase*>> Cat::offered_by(const Component& owner) {
    std::vector<std::pair<std::string, const InboxBase*>> all;
    if (!owner.extra_) return all;
    for (const auto* offer = owner.extra_->offers; offer; offer = offer->next_of_owner)
        all.emplace_back(offer->name, offer->inbox);
    return all;
}

std::vector<std::string> Cat::services() const {
    std::vector<std::string> names;
    names.reserve(services_.size());
    for (const auto& [name, offer] : services_) names.push_back(name);
    return names;
}

Cat& Component::cat() const {
    if (auto* const nearest = Cat::around(this)) return *nearest;
    AXON_CHECK(scheduler_);
    return scheduler_->cat();
}

Cat& Component::own_cat() {
    auto& own = extra().cat;
    if (!own) own = std::make_unique<Cat>(*this);
    return *own;
}

} // namespace axon
