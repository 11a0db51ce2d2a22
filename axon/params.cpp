#include "axon/params.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"

#include <stdexcept>

namespace axon {
std::optional<std::size_t> detail::read_word(const Setting& setting, std::string_view subject,
                                             std::span<const std::string_view> words,
                                             Complaints& complaints) {
    if (setting.kind() != Setting::Kind::scalar) {
        complaints.add_mismatch(setting, subject, either(words));
        return std::nullopt;
    }
    const auto word = std::ranges::find(words, setting.text());
    if (word != words.end()) return static_cast<std::size_t>(word - words.begin());
    auto text = std::string{subject} + ": expected " + either(words) + ", found " + found_text(setting);
    if (const auto near = did_you_mean(setting.text(), words)) text += "; did you mean " + quote(*near) + "?";
    complaints.add(setting.where(), std::move(text));
    return std::nullopt;
}

std::string detail::comma_separated(std::span<const std::string_view> words) {
    std::string out;
    for (const auto word : words) out.append(out.empty() ? "" : ", ").append(word);
    return out;
}

void detail::add_missing(const ParamsOwner& owner, std::string_view field, std::string_view description,
                         Complaints& complaints) {
    complaints.add(owner.where,
                   std::string{owner.name}.append(" needs ") + quote(field).append(": ").append(description));
}

namespace {

// The word that decides, given or by default; empty if there is none that is right.
std::string_view word_of(const FieldInfo& governor, const Setting& setting) {
    const auto* given = setting.find(governor.name);
    if (given && given->kind() != Setting::Kind::scalar) return {};
    const std::string_view word = given ? given->text() : governor.default_text;
    return std::ranges::find(governor.words, word) == governor.words.end() ? std::string_view{} : word;
}

} // namespace

bool detail::check_effect(const Setting& setting, std::span<const FieldInfo> fields, Complaints& complaints) {
    if (setting.kind() != Setting::Kind::map) return true;
    bool good = true;
    for (const auto& entry : setting.entries()) {
        const auto field = std::ranges::find(fields, entry.key, &FieldInfo::name);
        if (field == fields.end() || field->governor.empty()) continue;
        const auto governor = std::ranges::find(fields, field->governor, &FieldInfo::name);
        if (governor == fields.end()) throw std::logic_error{"no parameter is called " + field->governor};
        const auto word = word_of(*governor, setting);
        if (word.empty() || std::ranges::find(field->with, word) != field->with.end()) continue;
        const std::vector<std::string_view> with(field->with.begin(), field->with.end());
        const auto* by_default = setting.find(governor->name) ? "" : ", the default";
        complaints.add(entry.where, (entry.key + ": has no effect with ").append(governor->name) + ": " +
                                        std::string{word} + by_default + "; expected " + governor->name +
                                        ": " + either(with));
        good = false;
    }
    return good;
}

void add_unknown_key(const Setting::Entry& entry, std::string_view owner,
                     std::span<const std::string_view> known, Complaints& complaints) {
    const auto rest = known.empty() ? ", which takes none" : suggestion(entry.key, known);
    complaints.add(entry.where, "unknown key " + quote(entry.key).append(" in ").append(owner) + rest);
}

bool is_misspelt(std::string_view key, const Setting& setting, std::span<const std::string_view> known) {
    return setting.kind() == Setting::Kind::map &&
           std::ranges::any_of(setting.entries(), [&](const Setting::Entry& entry) {
               return std::ranges::find(known, entry.key) == known.end() &&
                      did_you_mean(entry.key, known) == key;
           });
}

bool check_keys(const Setting& setting, std::string_view owner, std::span<const std::string_view> known,
                Complaints& complaints) {
    if (setting.kind() == Setting::Kind::null) return !setting.is_faulty();
    if (setting.kind() != Setting::Kind::map) {
        complaints.add_mismatch(setting, owner, "a map");
        return false;
    }
    bool good = true;
    for (const auto& entry : setting.entries()) {
        if (std::ranges::find(known, entry.key) == known.end()) {
            add_unknown_key(entry, owner, known, complaints);
            good = false;
        }
    }
    return good;
}

} // namespace axon
