#include "axon/await_sum.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace axon {
namespace {

std::string without_numbers(std::string_view text) {
    constexpr std::string_view digits = "0123456789";
    std::string out;
    for (const char c : text) {
        const bool digit = digits.contains(c);
        if (!digit) out += c;
        if (digit && !out.ends_with('*')) out += '*';
    }
    return out;
}

std::string key_of(const Snapshot::Await& await) {
    auto key = std::string{await.at.file} + ':' + std::to_string(await.at.line);
    const auto add_box = [&](const std::optional<Snapshot::BoxName>& name) {
        if (name) key += std::to_string(name->component) + '.' + name->box;
        key += '\n';
    };
    for (const auto& reason : await.reasons) {
        key += '\n' + std::to_string(std::to_underlying(reason.what)) + ' ' + without_numbers(reason.text) +
               '\n';
        add_box(reason.box);
        add_box(reason.full);
    }
    return key;
}

} // namespace

void AwaitSum::add(Snapshot::Await&& await) {
    const auto [place, first] = places_.try_emplace(key_of(await), list_.size());
    if (first) return list_.push_back(std::move(await));
    auto& sum = list_[place->second];
    sum.count += await.count;
    for (std::size_t i = 0; i < sum.reasons.size(); ++i) {
        auto& reason = sum.reasons[i];
        const auto& other = await.reasons[i];
        if (reason.left) reason.left = std::min(*reason.left, *other.left);
        if (reason.text != other.text) reason.text = without_numbers(reason.text);
    }
}

} // namespace axon
