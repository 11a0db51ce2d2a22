#include "axon/cat.hpp"

namespace axon {

void Cat::offer(std::string name, InboxBase& inbox) {
    const auto [entry, added] = services_.emplace(std::move(name), &inbox);
    if (!added) {
        throw CatError{"service \"" + entry->first + "\" is offered already, by " +
                       entry->second->owner().path()};
    }
    inbox.offered_ = true;
}

void Cat::withdraw(InboxBase& inbox) noexcept {
    std::erase_if(services_, [&](const auto& entry) { return entry.second == &inbox; });
    inbox.offered_ = false;
    if (outer_) outer_->withdraw(inbox);
}

InboxBase* Cat::find(std::string_view name) const noexcept {
    if (const auto entry = services_.find(name); entry != services_.end()) return entry->second;
    return outer_ ? outer_->find(name) : nullptr;
}

void Cat::link(std::string_view name, OutboxBase& outbox) const {
    auto* const inbox = find(name);
    if (!inbox) throw CatError{"no service \"" + std::string{name} + "\""};
    Linkages::link(outbox, *inbox);
}

} // namespace axon
