// did_you_mean: the right word that is nearest to a wrong one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace axon {

/// The nearest of `words` by edit distance (a swap of neighbours is one edit, upper and lower case are
/// nearly the same), the first of equals; nothing when even that one is too far to be meant. A view into
/// `words`, of which only the first 200 are tried.
[[nodiscard]] std::optional<std::string_view> did_you_mean(std::string_view word,
                                                           std::span<const std::string_view> words);

/// `a, b or c`.
[[nodiscard]] std::string either(std::span<const std::string_view> words);

/// What a message about an unknown word ends with: `; did you mean "b"?`, or `; expected a, b or c` when
/// nothing is near and the words are few enough to read.
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string_view> words);

} // namespace axon
