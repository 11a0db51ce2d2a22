// ByteReader: takes numbers and pieces off the front of bytes, and never more than is there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kamaelia {

/// After the first thing that is not there in whole good() is false and everything is 0 or empty.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) noexcept : rest_{bytes} {}

    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

    std::string_view take(std::size_t count) noexcept {
        if (count > rest_.size()) {
            good_ = false;
            rest_ = {};
        }
        const auto taken = rest_.substr(0, good_ ? count : 0);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    void skip(std::size_t count) noexcept { (void)take(count); }
    /// `count` bytes, at most 8, the most significant first.
    std::uint64_t big_endian(std::size_t count) noexcept {
        std::uint64_t value = 0;
        for (const char c : take(count)) value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    std::uint64_t little_endian(std::size_t count) noexcept {
        std::uint64_t value = 0;
        unsigned shift = 0;
        for (const char c : take(count)) {
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << shift;
            shift += 8;
        }
        return value;
    }

private:
    std::string_view rest_;
    bool good_ = true;
};

} // namespace kamaelia
