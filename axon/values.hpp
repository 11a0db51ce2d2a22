// Values: every statistic of a system, for those who show them. How to count is in axon/value.hpp.
//
//     for (const auto& family : system.cat().values().snapshot())     // on any thread
//         for (const auto& sample : family.samples) ...
#pragma once

#include "axon/value_info.hpp"

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace axon {

class Values;
class ValueWriter;

/// One name with its labels, and whoever writes it: what they count adds up. It is there while it has a
/// writer. A counter never falls: what an ended writer has counted stays in it. A gauge is the sum of those
/// who are there.
class Series {
public:
    Series(Values& values, std::string_view name, ValueKind kind, const Reading& zero)
        : values_{values}, name_{name}, kind_{kind}, ended_{zero} {}
    Series(const Series&) = delete;
    Series& operator=(const Series&) = delete;

    [[nodiscard]] ValueKind kind() const noexcept { return kind_; }

private:
    friend class Values;
    friend class ValueWriter;

    Values& values_;
    const std::string_view name_;
    const Labels* labels_ = nullptr;
    const ValueKind kind_;
    Reading ended_; ///< what those have counted who are gone, in the type of the series
    ValueWriter* first_ = nullptr;
};

/// May be used on any thread; outlives its values. Nobody who counts ever waits for it.
class Values {
public:
    Values() = default;
    Values(const Values&) = delete;
    Values& operator=(const Values&) = delete;

    /// All that is declared, by name and labels. What has one name is read at one moment, and other names a
    /// little earlier or later: so nobody who makes or ends a value has to wait for the whole.
    [[nodiscard]] std::vector<ValueFamily> snapshot() const;
    /// Throws CatError when there is no such value, with the nearest name that there is.
    [[nodiscard]] Reading read(std::string_view name, Labels labels = {}) const;
    /// In alphabetical order.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    friend class ValueWriter;

    struct Family {
        std::string help;
        ValueKind kind;
        Reading zero; ///< of the type that its values have
        std::map<Labels, Series> series{};
    };

    // What ValueWriter calls.
    void declare(ValueInfo info, const Reading& zero, ValueWriter& writer);
    void join(Series& series, const Reading& zero, ValueWriter& writer);
    void leave(ValueWriter& writer) noexcept;
    void set_text(std::string& text, std::string& to) noexcept;

    /// Its name and what stands there. Throws CatError when it differs from what is asked for.
    std::pair<const std::string, Family>& family_of(ValueInfo& info, const Reading& zero);
    static void add_writer(Series& series, ValueWriter& writer) noexcept;
    [[nodiscard]] static ValueFamily read_family(const std::string& name, const Family& family);
    [[nodiscard]] static Reading sum(const Series& series);

    mutable std::mutex mutex_;
    std::map<std::string, Family, std::less<>> families_;
};

} // namespace axon
