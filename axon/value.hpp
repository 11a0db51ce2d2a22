// Value: a statistic of a component's, which any thread can read and only the component writes.
//
//     axon::Value<std::uint64_t> sent{cat(), {.name = "kamaelia_sent_bytes_total",
//                                             .help = "Bytes sent to clients.",
//                                             .labels = {{"server", "web"}}}};
//     sent += data.size();                                   // what a plain addition costs
//
//     explicit Connection(axon::Series& sent) : sent_{sent} {}   // one more writer of the same
#pragma once

#include "axon/check.hpp"
#include "axon/distribution.hpp"
#include "axon/values.hpp"

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace axon {

class Cat;

/// Has its place among the writers of a series until it goes away.
class ValueWriter {
public:
    ValueWriter(const ValueWriter&) = delete;
    ValueWriter& operator=(const ValueWriter&) = delete;

    /// For further writers. Good while this one, or one of them, is there.
    [[nodiscard]] Series& series() const noexcept { return *series_; }

protected:
    ValueWriter() = default;
    ~ValueWriter() = default;
    // Called by the constructor and the destructor of what derives: a reader looks into that.
    void declare(Cat& cat, ValueInfo&& info, const Reading& zero);
    void join(Series& series, const Reading& zero);
    void leave() noexcept;
    void set_text(std::string& text, std::string to) noexcept;
    [[nodiscard]] bool may_fall() const noexcept { return series_->kind() != ValueKind::counter; }

private:
    friend class Values;

    Series* series_ = nullptr;
    ValueWriter* next_ = nullptr;
    ValueWriter* previous_ = nullptr;
};

template <class T>
concept Countable =
    std::same_as<T, std::uint64_t> || std::same_as<T, std::int64_t> || std::same_as<T, double>;

/// Declared from its construction on, with 0, until it ends; a series that has several writers (per
/// connection, per worker) stays until the last one ends, so declare where the total is to last. Written by
/// one thread. Does not move: keep it in main() or in a std::optional.
/// Throws CatError when the name is declared already as another kind, with another help text or type.
template <class T>
class Value;

template <Countable T>
class Value<T> final : public ValueWriter {
public:
    Value(Cat& cat, ValueInfo info) { declare(cat, std::move(info), T{}); }
    /// One more writer of what another one has declared, with the same type.
    explicit Value(Series& series) { join(series, T{}); }
    ~Value() { leave(); }

    Value& operator+=(T more) {
        if constexpr (!std::unsigned_integral<T>) AXON_CHECK(more >= 0 || may_fall());
        store(get() + more);
        return *this;
    }
    Value& operator++() {
        store(get() + 1);
        return *this;
    }
    /// Not for a counter.
    Value& operator-=(T less) {
        AXON_CHECK(may_fall());
        store(get() - less);
        return *this;
    }
    Value& operator--() { return *this -= 1; }
    /// A counter may only rise by it.
    void set(T to) {
        AXON_CHECK(to >= get() || may_fall());
        store(to);
    }
    /// What this writer has counted; Values::read() tells what all have.
    [[nodiscard]] T get() const noexcept { return count_.load(std::memory_order_relaxed); }

private:
    // One writer only, so that no other count comes between the load and this.
    void store(T count) noexcept { count_.store(count, std::memory_order_relaxed); }

    std::atomic<T> count_{T{}};
};

/// What is measured again and again: how often it was how much. Adding one to it costs a search in the
/// bounds. Throws CatError when it is declared already, as above or with other bounds.
template <>
class Value<Distribution> final : public ValueWriter {
public:
    /// `bounds` rise; above the last one is room for all the rest.
    Value(Cat& cat, ValueInfo info, const std::vector<double>& bounds)
        : bounds_{bounds}, counts_(bounds.size() + 1) {
        info.kind = ValueKind::histogram;
        declare(cat, std::move(info), Distribution{bounds});
    }
    ~Value() { leave(); }

    /// At least 0, and no NaN.
    void add(double measured) {
        AXON_CHECK(measured >= 0);
        auto& count =
            counts_[static_cast<std::size_t>(std::ranges::lower_bound(bounds_, measured) - bounds_.begin())];
        count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        sum_.store(sum_.load(std::memory_order_relaxed) + measured, std::memory_order_relaxed);
    }
    /// What this writer has measured.
    [[nodiscard]] Distribution get() const {
        Distribution all{bounds_};
        std::uint64_t so_far = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i)
            all.at_most[i] = so_far += counts_[i].load(std::memory_order_relaxed);
        all.sum = sum_.load(std::memory_order_relaxed);
        return all;
    }

private:
    const std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> counts_; // one writer only, as above
    std::atomic<double> sum_{0};
};

/// A text, which has exactly one writer. Setting it takes a lock: not for what changes with every message.
/// Throws CatError when it is declared already.
template <>
class Value<std::string> final : public ValueWriter {
public:
    Value(Cat& cat, ValueInfo info) {
        info.kind = ValueKind::text;
        declare(cat, std::move(info), std::string{});
    }
    ~Value() { leave(); }

    void set(std::string text) { set_text(text_, std::move(text)); }
    /// Only for its writer.
    [[nodiscard]] const std::string& get() const noexcept { return text_; }

private:
    std::string text_;
};

} // namespace axon
