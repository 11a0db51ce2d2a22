// Setting: a configuration as a tree of values that knows where each was written, whatever language it
// was written in. Complaints: everything that is wrong with one, in the order of the text.
//
//     const axon::Setting* listen = server.find("listen");
//     if (listen->kind() != axon::Setting::Kind::scalar)
//         complaints.add_mismatch(*listen, "listen", "a URL");   // listen: expected a URL, found a list
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace axon {

/// A place in a configuration. Lines and columns begin at 1; columns count bytes. `source` tells the
/// texts that make up one configuration apart; whoever reads them numbers them.
struct Where {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::uint32_t source = 0;

    friend bool operator==(const Where&, const Where&) = default;
    friend std::strong_ordering operator<=>(const Where& a, const Where& b) {
        return std::tie(a.source, a.line, a.column) <=> std::tie(b.source, b.line, b.column);
    }
};

class Setting {
public:
    enum class Kind { null, scalar, list, map };
    struct Entry;
    using List = std::vector<Setting>;
    using Map = std::vector<Entry>;

    /// Null, at the beginning of the text.
    Setting();
    [[nodiscard]] static Setting null(Where where);
    /// Stands for a value that has been complained about: null, and add_mismatch stays silent about it.
    [[nodiscard]] static Setting faulty(Where where);
    /// `quoted`: it was written in quotes or as a block, so that it can only mean text.
    [[nodiscard]] static Setting scalar(std::string text, Where where, bool quoted = false);
    [[nodiscard]] static Setting list(List items, Where where);
    /// The entries keep their order; the caller sees to it that no key stands twice.
    [[nodiscard]] static Setting map(Map entries, Where where);

    [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(value_.index()); }
    [[nodiscard]] Where where() const noexcept { return where_; }
    [[nodiscard]] bool is_faulty() const noexcept;

    /// Of a scalar; asking another kind throws std::bad_variant_access. So do the next three.
    [[nodiscard]] const std::string& text() const { return std::get<Scalar>(value_).text; }
    [[nodiscard]] bool quoted() const { return std::get<Scalar>(value_).quoted; }
    [[nodiscard]] const List& items() const { return std::get<List>(value_); }
    [[nodiscard]] List& items() { return std::get<List>(value_); }
    [[nodiscard]] const Map& entries() const { return std::get<Map>(value_); }
    [[nodiscard]] Map& entries() { return std::get<Map>(value_); }

    /// The value under `key`, or nullptr when this is no map or has no such key.
    [[nodiscard]] const Setting* find(std::string_view key) const noexcept;
    [[nodiscard]] Setting* find(std::string_view key) noexcept;

    /// What is written, wherever it stands: places do not count.
    friend bool operator==(const Setting& a, const Setting& b);

private:
    struct Null {
        bool faulty;
        bool operator==(const Null&) const = default;
    };
    struct Scalar {
        std::string text;
        bool quoted;
        bool operator==(const Scalar&) const = default;
    };
    using Value = std::variant<Null, Scalar, List, Map>; // in the order of Kind

    Setting(Value value, Where where);

    Value value_;
    Where where_;
};

/// A key of a map, the place of the key, and its value.
struct Setting::Entry {
    std::string key;
    Where where;
    Setting value;

    friend bool operator==(const Entry& a, const Entry& b) { return a.key == b.key && a.value == b.value; }
};

/// A setting as a message names it: `"its text"`, `nothing`, `a list` or `a map`.
[[nodiscard]] std::string found_text(const Setting& setting);

/// One thing that is wrong, and where.
struct Complaint {
    Where where;
    std::string text;

    bool operator==(const Complaint&) const = default;
};

/// Collects complaints so that all of them can be told at once. Sorted by place; the same text at the
/// same place counts once.
class Complaints {
public:
    void add(Where where, std::string text);
    /// "SUBJECT: expected EXPECTED, found FOUND" at the place of `found`. Silent when it is faulty.
    void add_mismatch(const Setting& found, std::string_view subject, std::string_view expected);

    [[nodiscard]] bool empty() const noexcept { return list_.empty(); }
    [[nodiscard]] const std::vector<Complaint>& list() const noexcept { return list_; }

private:
    std::vector<Complaint> list_;
};

} // namespace axon
