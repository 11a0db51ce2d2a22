#include "axon/values.hpp"

#include "axon/cat.hpp"
#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"
#include "axon/value.hpp"

#include <algorithm>
#include <array>

namespace axon {
namespace {

std::string_view type_name(const Reading& reading) noexcept {
    static constexpr std::array<std::string_view, std::variant_size_v<Reading>> names{
        "uint64", "int64", "double", "distribution", "string"};
    return names[reading.index()];
}

void require_same(std::string_view name, std::string_view what, std::string_view is, std::string_view asked) {
    if (is == asked) return;
    throw CatError{"value " + quote(name) + " is declared with the " + std::string{what} + " " +
                   std::string{is} + ", not " + std::string{asked}};
}

template <class T>
void add(T& sum, const ValueWriter& writer) {
    const auto& value = static_cast<const Value<T>&>(writer);
    if constexpr (std::same_as<T, std::string>) {
        sum = value.get(); // it is the only one
    } else {
        sum += value.get();
    }
}

} // namespace

std::pair<const std::string, Values::Family>& Values::family_of(ValueInfo& info, const Reading& zero) {
    const auto known = families_.find(info.name);
    if (known == families_.end()) {
        return *families_.try_emplace(std::move(info.name), Family{std::move(info.help), info.kind, zero})
                    .first;
    }
    auto& [name, family] = *known;
    require_same(name, "kind", to_string(family.kind), to_string(info.kind));
    require_same(name, "help text", quote(family.help), quote(info.help));
    require_same(name, "type", type_name(family.zero), type_name(zero));
    if (family.zero != zero) throw CatError{"value " + quote(name) + " is declared with other bounds"};
    return *known;
}

void Values::declare(ValueInfo info, const Reading& zero, ValueWriter& writer) {
    require_valid(info);
    std::ranges::sort(info.labels);
    const std::lock_guard lock{mutex_};
    auto& [name, family] = family_of(info, zero);
    const auto entry = family.series.try_emplace(std::move(info.labels), *this, name, info.kind, zero).first;
    auto& series = entry->second;
    if (info.kind == ValueKind::text && series.first_)
        throw CatError{"value " + series_name(name, entry->first) + " has its one writer already"};
    series.labels_ = &entry->first;
    add_writer(series, writer);
}

void Values::join(Series& series, const Reading& zero, ValueWriter& writer) {
    const std::lock_guard lock{mutex_};
    require_same(series.name_, "type", type_name(series.ended_), type_name(zero));
    add_writer(series, writer);
}

void Values::add_writer(Series& series, ValueWriter& writer) noexcept {
    writer.series_ = &series;
    writer.next_ = series.first_;
    if (series.first_) series.first_->previous_ = &writer;
    series.first_ = &writer;
}

void Values::leave(ValueWriter& writer) noexcept {
    const std::lock_guard lock{mutex_};
    auto& series = *writer.series_;
    if (series.kind_ == ValueKind::counter || series.kind_ == ValueKind::histogram) {
        std::visit([&](auto& ended) { add(ended, writer); }, series.ended_);
    }
    if (writer.next_) writer.next_->previous_ = writer.previous_;
    (writer.previous_ ? writer.previous_->next_ : series.first_) = writer.next_;
    if (series.first_) return;
    const auto family = families_.find(series.name_);
    auto& all = family->second.series;
    all.erase(all.find(*series.labels_));
    if (all.empty()) families_.erase(family);
}

void Values::set_text(std::string& text, std::string& to) noexcept {
    const std::lock_guard lock{mutex_};
    text.swap(to);
}

Reading Values::sum(const Series& series) {
    auto total = series.ended_;
    std::visit(
        [&](auto& so_far) {
            for (const auto* writer = series.first_; writer; writer = writer->next_) add(so_far, *writer);
        },
        total);
    return total;
}

ValueFamily Values::read_family(const std::string& name, const Family& family) {
    ValueFamily read{name, family.help, family.kind, {}};
    read.samples.reserve(family.series.size());
    for (const auto& [labels, series] : family.series) read.samples.push_back({labels, sum(series)});
    return read;
}

std::vector<ValueFamily> Values::snapshot() const {
    std::vector<ValueFamily> all;
    while (true) {
        const std::lock_guard lock{mutex_};
        const auto next = all.empty() ? families_.begin() : families_.upper_bound(all.back().name);
        if (next == families_.end()) return all;
        all.push_back(read_family(next->first, next->second));
    }
}

Reading Values::read(std::string_view name, Labels labels) const {
    std::ranges::sort(labels);
    const std::lock_guard lock{mutex_};
    const auto family = families_.find(name);
    if (family != families_.end()) {
        const auto series = family->second.series.find(labels);
        if (series != family->second.series.end()) return sum(series->second);
    }
    if (family == families_.end()) {
        std::vector<std::string_view> known;
        known.reserve(families_.size());
        for (const auto& [each, its] : families_) known.push_back(each);
        throw CatError{"no value " + quote(name) + suggestion(name, known)};
    }
    std::vector<std::string> known;
    for (const auto& [its_labels, series] : family->second.series)
        known.push_back(series_name(name, its_labels));
    const auto asked = series_name(name, labels);
    const std::vector<std::string_view> words{known.begin(), known.end()};
    const auto near = did_you_mean(asked, words);
    throw CatError{"no value " + asked + (near ? "; did you mean " + std::string{*near} + "?" : "")};
}

std::vector<std::string> Values::names() const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> names;
    names.reserve(families_.size());
    for (const auto& [name, family] : families_) names.push_back(name);
    return names;
}

void ValueWriter::declare(Cat& cat, ValueInfo&& info, const Reading& zero) {
    cat.values().declare(std::move(info), zero, *this);
}
void ValueWriter::join(Series& series, const Reading& zero) { series.values_.join(series, zero, *this); }
void ValueWriter::leave() noexcept { series_->values_.leave(*this); }
void ValueWriter::set_text(std::string& text, std::string to) noexcept {
    series_->values_.set_text(text, to);
}

} // namespace axon
