// SettingReader<T>: how a parameter of type T is read from a Setting. A new kind of value is a new
// specialisation. One that is written as a single word has
//
//     template <> struct SettingReader<Colour> {
//         static std::string type() { return "colour"; }                  // in lists of parameters
//         static std::string expected() { return "a colour such as #ff8000"; }  // in complaints
//         static std::expected<Colour, std::string> parse(std::string_view text);
//         static std::string show(const Colour& value);                   // what parse reads back
//     };
//
// and any other has, instead of parse, a read that complains by itself:
//
//         static std::optional<Colour> read(const Setting&, std::string_view subject, Complaints&);
//
// Either may have `static void settle(T&, const ParamContext&)`, which is called on every value, given
// or default, once it is in its place.
#pragma once

#include "axon/bytes.hpp"
#include "axon/param_path.hpp"
#include "axon/setting.hpp"
#include "axon/units.hpp"

#include <concepts>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace axon {

template <class T>
struct SettingReader;

/// Written as one word.
template <class T>
concept WordSetting = requires(std::string_view text) {
    { SettingReader<T>::parse(text) } -> std::same_as<std::expected<T, std::string>>;
};

/// Written in any other form.
template <class T>
concept StructuredSetting =
    requires(const Setting& setting, std::string_view subject, Complaints& complaints) {
        { SettingReader<T>::read(setting, subject, complaints) } -> std::same_as<std::optional<T>>;
    };

/// A type that parameters can have.
template <class T>
concept ReadableSetting = (WordSetting<T> || StructuredSetting<T>) && requires(const T& value) {
    { SettingReader<T>::type() } -> std::same_as<std::string>;
    { SettingReader<T>::expected() } -> std::same_as<std::string>;
    { SettingReader<T>::show(value) } -> std::same_as<std::string>;
};

/// The value of `setting`, or nothing and a complaint that begins with `subject`.
template <ReadableSetting T>
[[nodiscard]] std::optional<T> read_setting(const Setting& setting, std::string_view subject,
                                            Complaints& complaints) {
    if constexpr (WordSetting<T>) {
        if (setting.kind() != Setting::Kind::scalar) {
            complaints.add_mismatch(setting, subject, SettingReader<T>::expected());
            return std::nullopt;
        }
        auto value = SettingReader<T>::parse(setting.text());
        if (!value) {
            complaints.add(setting.where(), std::string{subject} + ": " + value.error());
            return std::nullopt;
        }
        return *std::move(value);
    } else {
        return SettingReader<T>::read(setting, subject, complaints);
    }
}

/// Resolves what in `value` depends on the context.
template <ReadableSetting T>
void settle(T& value, const ParamContext& context) {
    if constexpr (requires { SettingReader<T>::settle(value, context); })
        SettingReader<T>::settle(value, context);
}

template <WholeNumber T>
struct SettingReader<T> {
    static std::string type() { return "whole number"; }
    static std::string expected() { return "a whole number"; }
    static std::expected<T, std::string> parse(std::string_view text) { return parse_integer<T>(text); }
    static std::string show(T value) { return std::to_string(value); }
};

template <>
struct SettingReader<bool> {
    static std::string type() { return "yes or no"; }
    static std::string expected() { return std::string{bool_expected}; }
    static std::expected<bool, std::string> parse(std::string_view text) { return parse_bool(text); }
    static std::string show(bool value) { return value ? "yes" : "no"; }
};

template <>
struct SettingReader<double> {
    static std::string type() { return "number"; }
    static std::string expected() { return std::string{number_expected}; }
    static std::expected<double, std::string> parse(std::string_view text) { return parse_number(text); }
    static std::string show(double value) { return axon::show(value); }
};

template <>
struct SettingReader<Duration> {
    static std::string type() { return "duration"; }
    static std::string expected() { return std::string{duration_expected}; }
    static std::expected<Duration, std::string> parse(std::string_view text) { return parse_duration(text); }
    static std::string show(Duration value) { return axon::show(value); }
};

template <>
struct SettingReader<ByteSize> {
    static std::string type() { return "size"; }
    static std::string expected() { return std::string{byte_size_expected}; }
    static std::expected<ByteSize, std::string> parse(std::string_view text) { return parse_byte_size(text); }
    static std::string show(ByteSize value) { return axon::show(value); }
};

template <>
struct SettingReader<BitRate> {
    static std::string type() { return "rate"; }
    static std::string expected() { return std::string{bit_rate_expected}; }
    static std::expected<BitRate, std::string> parse(std::string_view text) { return parse_bit_rate(text); }
    static std::string show(BitRate value) { return axon::show(value); }
};

template <>
struct SettingReader<std::string> {
    static std::string type() { return "text"; }
    static std::string expected() { return "text"; }
    static std::expected<std::string, std::string> parse(std::string_view text) { return std::string{text}; }
    static std::string show(const std::string& value) { return value.empty() ? "\"\"" : value; }
};

/// Bytes are the text as it is written.
template <>
struct SettingReader<Bytes> {
    static std::string type() { return SettingReader<std::string>::type(); }
    static std::string expected() { return SettingReader<std::string>::expected(); }
    static std::expected<Bytes, std::string> parse(std::string_view text) { return Bytes{text}; }
    static std::string show(const Bytes& value) {
        return SettingReader<std::string>::show(std::string{value.view()});
    }
};

namespace detail {
void resolve(std::filesystem::path& path, const std::filesystem::path& base);
} // namespace detail

template <>
struct SettingReader<MediaPath> {
    static std::string type() { return "media file"; }
    static std::string expected() { return "a file name"; }
    static std::expected<MediaPath, std::string> parse(std::string_view text);
    static std::string show(const MediaPath& value) {
        return SettingReader<std::string>::show(value.path.string());
    }
    static void settle(MediaPath& value, const ParamContext& context) {
        detail::resolve(value.path, context.media);
    }
};

template <>
struct SettingReader<MediaDirectory> {
    static std::string type() { return "media directory"; }
    static std::string expected() { return "a directory"; }
    static std::expected<MediaDirectory, std::string> parse(std::string_view text);
    static std::string show(const MediaDirectory& value) {
        return value.path.empty() ? "media" : value.path.string();
    }
    static void settle(MediaDirectory& value, const ParamContext& context);
};

template <>
struct SettingReader<ConfigPath> {
    static std::string type() { return "file"; }
    static std::string expected() { return "a file name"; }
    static std::expected<ConfigPath, std::string> parse(std::string_view text);
    static std::string show(const ConfigPath& value) {
        return SettingReader<std::string>::show(value.path.string());
    }
    static void settle(ConfigPath& value, const ParamContext& context) {
        detail::resolve(value.path, context.config_directory);
    }
};

/// A value that may be left out; an empty setting leaves it out too.
template <ReadableSetting T>
struct SettingReader<std::optional<T>> {
    static std::string type() { return SettingReader<T>::type(); }
    static std::string expected() { return SettingReader<T>::expected(); }
    static std::optional<std::optional<T>> read(const Setting& setting, std::string_view subject,
                                                Complaints& complaints) {
        if (setting.kind() == Setting::Kind::null && !setting.is_faulty()) return std::optional<T>{};
        auto value = read_setting<T>(setting, subject, complaints);
        if (!value) return std::nullopt;
        return std::optional<std::optional<T>>{std::in_place, std::move(value)};
    }
    static std::string show(const std::optional<T>& value) {
        return value ? SettingReader<T>::show(*value) : "none";
    }
    static void settle(std::optional<T>& value, const ParamContext& context) {
        if (value) axon::settle(*value, context);
    }
};

template <ReadableSetting T>
struct SettingReader<std::vector<T>> {
    static std::string type() { return "list of " + SettingReader<T>::type(); }
    static std::string expected() { return "a " + type(); }
    static std::optional<std::vector<T>> read(const Setting& setting, std::string_view subject,
                                              Complaints& complaints) {
        if (setting.kind() != Setting::Kind::list) {
            complaints.add_mismatch(setting, subject, expected());
            return std::nullopt;
        }
        std::vector<T> values;
        for (const auto& item : setting.items()) {
            const auto item_subject =
                std::string{subject} + " " + std::to_string(&item - setting.items().data() + 1);
            if (auto value = read_setting<T>(item, item_subject, complaints))
                values.push_back(*std::move(value));
        }
        if (values.size() != setting.items().size()) return std::nullopt;
        return values;
    }
    static std::string show(const std::vector<T>& values) {
        std::string out;
        for (const auto& value : values)
            out.append(out.empty() ? "" : ", ").append(SettingReader<T>::show(value));
        return "[" + out + "]";
    }
    static void settle(std::vector<T>& values, const ParamContext& context) {
        for (auto& value : values) axon::settle(value, context);
    }
};

} // namespace axon
