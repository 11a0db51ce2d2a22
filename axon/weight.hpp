// How many bytes a message stands for: what an inbox's byte limit counts.
#pragma once

#include <cstddef>
#include <utility>
#include <variant>

namespace axon {

/// Specialise for a message type that carries data; `of` must be cheap. Other types weigh nothing.
template <class T>
struct Weight {
    static constexpr std::size_t of(const T&) noexcept { return 0; }
};

template <class... Ts>
struct Weight<std::variant<Ts...>> {
    static std::size_t of(const std::variant<Ts...>& message) noexcept {
        return std::visit([]<class T>(const T& value) { return Weight<T>::of(value); }, message);
    }
};

template <class First, class Second>
struct Weight<std::pair<First, Second>> {
    static std::size_t of(const std::pair<First, Second>& message) noexcept {
        return Weight<First>::of(message.first) + Weight<Second>::of(message.second);
    }
};

} // namespace axon
