#include "axon/keys.hpp"

#include "axon/cat.hpp"
#include "axon/quote.hpp"
#include "axon/scheduler.hpp"

#include <algorithm>

namespace axon {
namespace {

void require_type(std::string_view name, KeyType is, KeyType asked) {
    if (is == asked) return;
    throw CatError{"key " + quote(name) + " is " + std::string{*is} + ", not " + std::string{*asked}};
}

} // namespace

Keys::~Keys() {
    for (auto& [name, key] : keys_) {
        for (auto* taker : key.takers) taker->forget(*this);
        for (auto* watcher : key.watchers) watcher->forget(*this);
    }
    for (auto* taker : given_) taker->from_ = nullptr;
}

Keys* Keys::outer() const noexcept {
    auto* const scope = cat_.outer();
    return scope ? &scope->keys_ : nullptr;
}

void Keys::check_scheduler() const {
    const auto* const scheduler = cat_.scheduler();
    const bool used_from_its_own_scheduler = !scheduler || scheduler->runs_here();
    AXON_CHECK(used_from_its_own_scheduler);
}

void Keys::put(std::string_view name, std::unique_ptr<Held> held) {
    check_scheduler();
    const auto key = key_of(name, held->type);
    for (auto* watcher : key->second.watchers) {
        if (!watcher->hidden(*this)) watcher->was_set(*this, held);
    }
    hand_out(key, std::move(held));
}

KeyMap::iterator Keys::key_of(std::string_view name, KeyType type) {
    const auto known = keys_.find(name);
    if (known == keys_.end()) return keys_.emplace(name, Key{type, nullptr}).first;
    require_type(name, known->second.type, type);
    return known;
}

void Keys::hand_out(KeyMap::iterator key, std::unique_ptr<Held> held) {
    auto& takers = key->second.takers;
    if (takers.empty()) {
        key->second.held = std::move(held);
    } else {
        takers.front()->was_set(*this, held);
    }
}

// What a taker had been given and never got. What was set meanwhile is newer.
void Keys::give_back(std::string_view name, std::unique_ptr<Held> held) {
    const auto known = keys_.find(name);
    if (known != keys_.end() && (known->second.held || known->second.type != held->type)) return;
    const auto key = key_of(name, held->type);
    hand_out(key, std::move(held));
}

const Held* Keys::look(std::string_view name, KeyType type) const {
    for (const auto* scope = this; scope; scope = scope->outer()) {
        scope->check_scheduler();
        const auto key = scope->keys_.find(name);
        if (key == scope->keys_.end() || !key->second.held) continue;
        require_type(name, key->second.type, type);
        return key->second.held.get();
    }
    return nullptr;
}

void Keys::forget_if_unused(KeyMap::iterator key) noexcept {
    if (!key->second.held && key->second.takers.empty() && key->second.watchers.empty()) keys_.erase(key);
}

std::vector<std::string> Keys::names() const {
    check_scheduler();
    std::vector<std::string> names;
    for (const auto& [name, key] : keys_) {
        if (key.held) names.push_back(name);
    }
    return names;
}

void KeyAsker::enter(Keys& innermost, std::string_view name, KeyType type,
                     std::list<KeyAsker*> Key::* queue) {
    for (auto* scope = &innermost; scope; scope = scope->outer()) {
        scope->check_scheduler();
        const auto key = scope->key_of(name, type);
        auto& its_queue = key->second.*queue;
        places_.push_back({scope, key, &its_queue, its_queue.insert(its_queue.end(), this)});
    }
}

void KeyAsker::leave() noexcept {
    for (const auto& place : std::exchange(places_, {})) {
        place.queue->erase(place.at);
        place.keys->forget_if_unused(place.key);
    }
}

bool KeyAsker::hidden(const Keys& keys) const noexcept {
    for (const auto& place : places_) {
        if (place.keys == &keys) return false;
        if (place.key->second.held) return true;
    }
    return false;
}

void KeyAsker::forget(const Keys& keys) noexcept {
    std::erase_if(places_, [&](const Place& place) { return place.keys == &keys; });
}

TakeWaitBase::TakeWaitBase(Component& self, Keys& keys, std::string_view name, KeyType type)
    : component_{self}, keys_{keys}, name_{name}, type_{type} {
    (void)keys.look(name, type);
}

TakeWaitBase::~TakeWaitBase() {
    if (!held_ || !from_) return;
    std::erase(from_->given_, this);
    from_->give_back(name_, std::move(held_));
}

bool TakeWaitBase::ready() const noexcept { return held_ || (!armed_ && found()); }

Keys* TakeWaitBase::found() const noexcept {
    for (auto* scope = &keys_; scope; scope = scope->outer()) {
        const auto key = scope->keys_.find(name_);
        if (key != scope->keys_.end() && key->second.held) return scope;
    }
    return nullptr;
}

void TakeWaitBase::arm() {
    armed_ = true;
    if (auto* const scope = found()) {
        take_from(*scope);
    } else {
        enter(keys_, name_, type_, &Key::takers);
    }
}

void TakeWaitBase::take_from(Keys& keys) {
    const auto key = keys.keys_.find(name_);
    receive(keys, key->second.held);
    keys.forget_if_unused(key);
}

void TakeWaitBase::receive(Keys& from, std::unique_ptr<Held>& held) {
    held_ = std::move(held);
    from_ = &from;
    from.given_.push_back(this);
}

void TakeWaitBase::was_set(Keys& where, std::unique_ptr<Held>& held) {
    receive(where, held);
    leave();
    component_.notify();
}

std::unique_ptr<Held> TakeWaitBase::taken() {
    if (!held_) take_from(*found());
    if (from_) std::erase(from_->given_, this);
    return std::move(held_);
}

} // namespace axon
