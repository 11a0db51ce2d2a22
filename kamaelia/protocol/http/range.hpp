// The Range field of a request: which part of a file to send (RFC 9110 section 14).
//
//     const auto selection = select_range(request.field("Range"), file.size);
//     if (const auto* part = std::get_if<Part>(&selection))
//         head.content_range = content_range(*part, file.size);       // and status 206
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kamaelia::http {

/// The whole file, as if there were no Range: status 200.
struct Whole {
    bool operator==(const Whole&) const = default;
};

/// The bytes from `first` to `last`, both included and both inside the file: status 206.
struct Part {
    std::uint64_t first;
    std::uint64_t last;

    /// In bytes, at least 1.
    [[nodiscard]] std::uint64_t length() const { return last - first + 1; }
    bool operator==(const Part&) const = default;
};

/// No byte of the file is in the range: status 416.
struct Unsatisfiable {
    bool operator==(const Unsatisfiable&) const = default;
};

using Selection = std::variant<Whole, Part, Unsatisfiable>;

/// What `range`, the value of a GET's Range field, selects of a file of `length` bytes. What is
/// malformed, in another unit, or more than one range selects the whole file (RFC 9110 14.2 lets a
/// server ignore a Range). A number of any size is understood.
[[nodiscard]] Selection select_range(std::optional<std::string_view> range, std::uint64_t length);

/// The Content-Range of a 206 (RFC 9110 14.4).
[[nodiscard]] std::string content_range(const Part& part, std::uint64_t length);

/// The Content-Range of a 416: it tells the client the length.
[[nodiscard]] std::string unsatisfied_content_range(std::uint64_t length);

} // namespace kamaelia::http
