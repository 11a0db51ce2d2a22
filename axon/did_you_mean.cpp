#include "axon/did_you_mean.hpp"

#include "axon/quote.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace axon {
namespace {

constexpr std::size_t longest = 64;      // beyond it nobody mistyped, and the table below would be big
constexpr std::size_t most_to_try = 200; // a suggestion must not cost more than the mistake
constexpr std::size_t most_to_list = 12; // words that one still reads in a message

// Distances are in halves of an edit, so that a difference of case alone is the smallest there is.
constexpr unsigned edit = 2;
constexpr unsigned other_case = 1;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

unsigned replacing(char a, char b) {
    if (a == b) return 0;
    return lower(a) == lower(b) ? other_case : edit;
}

unsigned distance(std::string_view a, std::string_view b) {
    std::vector<unsigned> two_before(b.size() + 1);
    std::vector<unsigned> before(b.size() + 1);
    std::vector<unsigned> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = edit * static_cast<unsigned>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(two_before, before);
        std::swap(before, row);
        row[0] = edit * static_cast<unsigned>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {before[j] + edit, row[j - 1] + edit, before[j - 1] + replacing(a[i - 1], b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], two_before[j - 2] + edit);
        }
    }
    return row[b.size()];
}

// A third of the shorter word may be wrong, and one letter in any case.
std::size_t most_edits(std::string_view a, std::string_view b) {
    return std::max<std::size_t>(1, std::min(a.size(), b.size()) / 3);
}

// How far the words are from each other, unless that is too far; or one is the beginning of the other.
std::optional<unsigned> nearness(std::string_view a, std::string_view b) {
    const auto shorter = std::min(a.size(), b.size());
    const bool begins = shorter >= 3 && (a.starts_with(b) || b.starts_with(a));
    const bool same = a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower);
    const auto difference = std::max(a.size(), b.size()) - shorter;
    if (shorter < 2 || (difference > most_edits(a, b) && !begins)) return std::nullopt;
    const auto found = distance(a, b);
    if (found > edit * most_edits(a, b) && !begins && !same) return std::nullopt;
    return found;
}

} // namespace

std::optional<std::string_view> did_you_mean(std::string_view word, std::span<const std::string_view> words) {
    std::optional<std::string_view> nearest;
    if (word.size() > longest) return nearest;
    unsigned least = 0;
    for (const auto candidate : words.first(std::min(words.size(), most_to_try))) {
        if (candidate.size() > longest) continue;
        const auto found = nearness(word, candidate);
        if (found && (!nearest || *found < least)) {
            nearest = candidate;
            least = *found;
        }
    }
    return nearest;
}

std::string either(std::span<const std::string_view> words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
        out += words[i];
    }
    return out;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> words) {
    if (const auto near = did_you_mean(word, words)) return "; did you mean " + quote(*near) + "?";
    if (words.empty() || words.size() > most_to_list) return {};
    return "; expected " + either(words);
}

} // namespace axon
