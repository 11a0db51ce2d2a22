// KeyAsker: who is told when a key is set. What axon/keys.hpp is made of; components use Keys.
#pragma once

#include "axon/message_type.hpp"

#include <concepts>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace axon {

class KeyAsker;
class Keys;

/// What can stand under a key. Not a pointer: a literal is to be said as a std::string.
template <class T>
concept KeyContent = std::movable<T> && !std::is_pointer_v<T>;

/// The type of what is held, by the place of its name: equal types have the same place.
using KeyType = const std::string_view*;
template <class T>
inline constexpr KeyType key_type = &MessageName<T>::value;

/// The content of a key, which its type alone tells how to read.
struct Held {
    explicit Held(KeyType its_type) noexcept : type{its_type} {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    virtual ~Held() = default;

    const KeyType type;
};
template <KeyContent T>
struct HeldAs final : Held {
    explicit HeldAs(T its_content) : Held{key_type<T>}, content(std::move(its_content)) {}
    T content;
};

/// A key in one scope. It is kept while it holds something or somebody asks for it.
struct Key {
    KeyType type;
    std::unique_ptr<Held> held;      ///< null: it is only asked for
    std::list<KeyAsker*> takers{};   ///< those who wait, the first one first
    std::list<KeyAsker*> watchers{}; ///< those who want to know
};
using KeyMap = std::map<std::string, Key, std::less<>>;

/// Stands at a key in one scope and in every one around that.
class KeyAsker {
public:
    KeyAsker(const KeyAsker&) = delete;
    KeyAsker& operator=(const KeyAsker&) = delete;

protected:
    KeyAsker() = default;
    ~KeyAsker() { leave(); }

    /// Throws CatError when the key is of another type in one of them.
    void enter(Keys& innermost, std::string_view name, KeyType type, std::list<KeyAsker*> Key::* queue);
    void leave() noexcept;

private:
    friend class Keys;

    struct Place {
        Keys* keys;
        KeyMap::iterator key;
        std::list<KeyAsker*>* queue;
        std::list<KeyAsker*>::iterator at;
    };

    /// It was set in `where`; a taker moves it away.
    virtual void was_set(Keys& where, std::unique_ptr<Held>& held) = 0;
    /// A scope nearer than `keys` holds the same key.
    [[nodiscard]] bool hidden(const Keys& keys) const noexcept;
    /// The scope is gone.
    void forget(const Keys& keys) noexcept;

    std::vector<Place> places_; ///< the innermost first
};

} // namespace axon
