// Parameters described once: the description reads them, complains about them and documents them.
//
//     struct Params {
//         axon::MediaPath file;
//         axon::BitRate bitrate{128'000};
//         Order order = Order::listed;
//
//         static auto fields() {
//             return axon::fields(
//                 axon::field("file", &Params::file, "file to play, under media when relative").required(),
//                 axon::field("bitrate", &Params::bitrate, "bits per second").range({8'000}, {10'000'000}),
//                 axon::field("order", &Params::order, "what comes next")
//                     .words({{"listed", Order::listed}, {"shuffle", Order::shuffle}}));
//         }
//         bool operator==(const Params&) const = default;
//     };
//
// What a member is initialised with is its default. Any type that has a SettingReader can be a member,
// and any enumeration. One that counts only beside certain words of another says so by only_with(), so that
// nobody sets it in vain.
#pragma once

#include "axon/setting_reader.hpp"

#include <algorithm>
#include <concepts>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace axon {

/// A parameter as it is shown to people.
struct FieldInfo {
    std::string name;
    std::string type;
    std::string default_text; ///< as it would be written; empty if required
    std::string limits;       ///< the range or the words; empty if there are none
    bool required = false;
    std::string description;
    std::vector<std::string> words = {}; ///< of an enumeration
    std::string governor = {};           ///< the enumeration that decides whether this one counts
    std::vector<std::string> with = {};  ///< the words of it with which this one does

    bool operator==(const FieldInfo&) const = default;
};

/// A word and the enumerator that it means.
template <class E>
struct Word {
    std::string_view word;
    E value;
};

namespace detail {
/// The index of the word that `setting` is, or nothing and a complaint.
std::optional<std::size_t> read_word(const Setting& setting, std::string_view subject,
                                     std::span<const std::string_view> words, Complaints& complaints);
std::string comma_separated(std::span<const std::string_view> words);

template <class T>
concept Ranged = WordSetting<T> && std::totally_ordered<T>;
} // namespace detail

/// One described member of P. Made by field().
template <class P, class T>
class Field {
public:
    Field(std::string_view name, T P::* member, std::string_view description)
        : name_{name}, description_{description}, member_{member} {}

    /// A configuration without it is wrong.
    [[nodiscard]] Field required() && {
        required_ = true;
        return std::move(*this);
    }

    /// Both ends belong to the range.
    [[nodiscard]] Field range(T low, T high) &&
        requires detail::Ranged<T>
    {
        range_.emplace(std::move(low), std::move(high));
        return std::move(*this);
    }

    /// It has no effect unless the enumeration of that name is, given or by default, one of these words: then
    /// a configuration that sets it is wrong.
    [[nodiscard]] Field only_with(std::string_view governor,
                                  std::initializer_list<std::string_view> words) && {
        governor_ = governor;
        with_.assign(words.begin(), words.end());
        return std::move(*this);
    }

    [[nodiscard]] std::string_view name() const { return name_; }
    [[nodiscard]] bool is_governed() const { return !governor_.empty(); }
    [[nodiscard]] std::string_view description() const { return description_; }
    [[nodiscard]] bool is_required() const { return required_; }

    [[nodiscard]] FieldInfo info() const {
        return {.name = std::string{name_},
                .type = type(),
                .default_text = required_ ? "" : show(P{}.*member_),
                .limits = limits(),
                .required = required_,
                .description = std::string{description_},
                .words = word_texts(),
                .governor = std::string{governor_},
                .with = {with_.begin(), with_.end()}};
    }

    /// Reads the member; false after a complaint.
    bool read(P& into, const Setting& setting, Complaints& complaints) const {
        auto value = read_value(setting, complaints);
        if (!value) return false;
        into.*member_ = *std::move(value);
        return true;
    }

    void settle(P& params, const ParamContext& context) const {
        if constexpr (!std::is_enum_v<T>) axon::settle(params.*member_, context);
    }

private:
    template <class, class>
    friend class WordlessField;

    [[nodiscard]] std::vector<std::string_view> words() const {
        std::vector<std::string_view> words;
        words.reserve(words_.size());
        for (const auto& word : words_) words.push_back(word.word);
        return words;
    }

    [[nodiscard]] std::vector<std::string> word_texts() const {
        const auto all = words();
        return {all.begin(), all.end()};
    }

    [[nodiscard]] static std::string type() {
        if constexpr (std::is_enum_v<T>)
            return "word";
        else
            return SettingReader<T>::type();
    }

    [[nodiscard]] std::string show(const T& value) const {
        if constexpr (std::is_enum_v<T>)
            return std::string{std::ranges::find(words_, value, &Word<T>::value)->word};
        else
            return SettingReader<T>::show(value);
    }

    [[nodiscard]] std::string limits() const {
        if constexpr (std::is_enum_v<T>)
            return detail::comma_separated(words());
        else
            return range_ ? show(range_->first) + " to " + show(range_->second) : "";
    }

    std::optional<T> read_value(const Setting& setting, Complaints& complaints) const {
        if constexpr (std::is_enum_v<T>) {
            const auto index = detail::read_word(setting, name_, words(), complaints);
            return index ? std::optional{words_[*index].value} : std::nullopt;
        } else if constexpr (detail::Ranged<T>) {
            return range_ ? read_ranged(setting, complaints) : read_setting<T>(setting, name_, complaints);
        } else {
            return read_setting<T>(setting, name_, complaints);
        }
    }

    std::optional<T> read_ranged(const Setting& setting, Complaints& complaints) const {
        if (setting.kind() == Setting::Kind::scalar) {
            const auto value = SettingReader<T>::parse(setting.text());
            if (value && *value >= range_->first && *value <= range_->second) return *value;
        }
        complaints.add_mismatch(setting, name_,
                                SettingReader<T>::expected() + " between " + show(range_->first) + " and " +
                                    show(range_->second));
        return std::nullopt;
    }

    std::string_view name_;
    std::string_view description_;
    T P::* member_;
    bool required_ = false;
    std::optional<std::pair<T, T>> range_;
    std::vector<Word<T>> words_;
    std::string_view governor_;
    std::vector<std::string_view> with_;
};

/// An enumeration before it has its words, without which it cannot be a parameter.
template <class P, class E>
class WordlessField {
public:
    explicit WordlessField(Field<P, E> field) : field_{std::move(field)} {}

    /// The words for the enumerators, all of them; the default must be among them.
    [[nodiscard]] Field<P, E> words(std::initializer_list<Word<E>> words) && {
        field_.words_ = words;
        return std::move(field_);
    }

private:
    Field<P, E> field_;
};

/// Describes a member of P. `name` and `description` must be string literals.
template <class P, class T>
[[nodiscard]] auto field(std::string_view name, T P::* member, std::string_view description) {
    if constexpr (std::is_enum_v<T>) {
        return WordlessField<P, T>{Field<P, T>{name, member, description}};
    } else {
        static_assert(ReadableSetting<T>, "a parameter of this type needs a SettingReader");
        return Field<P, T>{name, member, description};
    }
}

/// The described members of P, in the order in which people should see them.
template <class P, class... Ts>
[[nodiscard]] std::tuple<Field<P, Ts>...> fields(Field<P, Ts>... each) {
    return {std::move(each)...};
}

/// Parameters that describe themselves.
template <class P>
concept DescribedParams = std::default_initializable<P> && std::copyable<P> && std::equality_comparable<P> &&
                          requires { P::fields(); };

/// What the parameters belong to, as messages name it, and where it is written.
struct ParamsOwner {
    std::string_view name;
    Where where;
};

/// Complains of a key that is none of `known`, and names the one that was probably meant.
void add_unknown_key(const Setting::Entry& entry, std::string_view owner,
                     std::span<const std::string_view> known, Complaints& complaints);

/// True if a key of `setting` that is none of `known` was probably meant to be `key`: that has been
/// complained about, and `key` is then not missing too.
bool is_misspelt(std::string_view key, const Setting& setting, std::span<const std::string_view> known);

/// Complains unless `setting` is a map of `known` keys, or null. True if there was nothing to complain about.
bool check_keys(const Setting& setting, std::string_view owner, std::span<const std::string_view> known,
                Complaints& complaints);

template <DescribedParams P>
[[nodiscard]] std::vector<FieldInfo> describe_params() {
    return std::apply([](const auto&... field) { return std::vector<FieldInfo>{field.info()...}; },
                      P::fields());
}

namespace detail {
void add_missing(const ParamsOwner& owner, std::string_view field, std::string_view description,
                 Complaints& complaints);

/// Complains of each parameter in `setting` that has no effect beside the others. False if there was one.
bool check_effect(const Setting& setting, std::span<const FieldInfo> fields, Complaints& complaints);

// False after a complaint.
template <class P, class T>
bool read_field(P& params, const Field<P, T>& field, const Setting& setting, const ParamsOwner& owner,
                std::span<const std::string_view> names, const ParamContext& context,
                Complaints& complaints) {
    bool good = true;
    if (const auto* value = setting.find(field.name())) {
        good = field.read(params, *value, complaints);
    } else if (field.is_required()) {
        if (!is_misspelt(field.name(), setting, names))
            add_missing(owner, field.name(), field.description(), complaints);
        good = false;
    }
    field.settle(params, context);
    return good;
}
} // namespace detail

/// The parameters in `setting` (a map, or null for none given), or nothing after complaints: all there
/// are, unknown keys, wrong types, values out of range and missing ones.
template <DescribedParams P>
[[nodiscard]] std::optional<P> parse_params(const Setting& setting, const ParamsOwner& owner,
                                            const ParamContext& context, Complaints& complaints) {
    return std::apply(
        [&](const auto&... field) -> std::optional<P> {
            const std::vector<std::string_view> names{field.name()...};
            bool good = check_keys(setting, owner.name, names, complaints);
            if (!good && setting.kind() != Setting::Kind::map)
                return std::nullopt; // one complaint says it all
            P params;
            ((good &= detail::read_field(params, field, setting, owner, names, context, complaints)), ...);
            if ((field.is_governed() || ...))
                good &= detail::check_effect(setting, describe_params<P>(), complaints);
            return good ? std::optional{std::move(params)} : std::nullopt;
        },
        P::fields());
}

} // namespace axon
