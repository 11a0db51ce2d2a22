#include "axon/setting.hpp"

#include "axon/quote.hpp"

#include <algorithm>
#include <utility>

namespace axon {

Setting::Setting() : Setting{Null{false}, {}} {}

Setting::Setting(Value value, Where where) : value_{std::move(value)}, where_{where} {}

Setting Setting::null(Where where) { return {Null{false}, where}; }

Setting Setting::faulty(Where where) { return {Null{true}, where}; }

Setting Setting::scalar(std::string text, Where where, bool quoted) {
    return {Scalar{std::move(text), quoted}, where};
}

Setting Setting::list(List items, Where where) { return {std::move(items), where}; }

Setting Setting::map(Map entries, Where where) { return {std::move(entries), where}; }

bool Setting::is_faulty() const noexcept {
    const auto* null = std::get_if<Null>(&value_);
    return null && null->faulty;
}

const Setting* Setting::find(std::string_view key) const noexcept {
    const auto* entries = std::get_if<Map>(&value_);
    if (!entries) return nullptr;
    const auto entry = std::ranges::find(*entries, key, &Entry::key);
    return entry == entries->end() ? nullptr : &entry->value;
}

Setting* Setting::find(std::string_view key) noexcept {
    return const_cast<Setting*>(std::as_const(*this).find(key));
}

bool operator==(const Setting& a, const Setting& b) { return a.value_ == b.value_; }

std::string found_text(const Setting& setting) {
    switch (setting.kind()) {
    case Setting::Kind::null: return "nothing";
    case Setting::Kind::scalar: return quote(setting.text());
    case Setting::Kind::list: return "a list";
    case Setting::Kind::map: return "a map";
    }
    std::unreachable();
}

void Complaints::add(Where where, std::string text) {
    const auto [first, last] = std::ranges::equal_range(list_, where, {}, &Complaint::where);
    if (std::ranges::find(first, last, text, &Complaint::text) == last)
        list_.insert(last, Complaint{where, std::move(text)});
}

void Complaints::add_mismatch(const Setting& found, std::string_view subject, std::string_view expected) {
    if (!found.is_faulty())
        add(found.where(),
            std::string{subject}.append(": expected ").append(expected) + ", found " + found_text(found));
}

} // namespace axon
