// Bytes: an immutable run of bytes, shared cheaply.
//
//     auto hello = Bytes{"hello"};            // copies once
//     auto tail = hello.slice(1, 3);          // shares, never copies
//     auto page = Bytes::build(4096, [&](std::span<char> room) { return read_into(room); });
#pragma once

#include "axon/weight.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace axon {

/// 16 bytes; copying shares the storage, which goes when the last sharer does. May be handed between
/// threads. At most 4 GiB - 1.
class Bytes {
public:
    Bytes() noexcept = default;
    /// Copies. Throws std::length_error over 4 GiB, std::bad_alloc.
    explicit Bytes(std::string_view text);
    explicit Bytes(std::span<const std::byte> data)
        : Bytes{std::string_view{reinterpret_cast<const char*>(data.data()), data.size()}} {}

    /// Room for `size` bytes is handed to `fill(std::span<char>)`, which returns how many it used.
    template <class Fill>
    [[nodiscard]] static Bytes build(std::size_t size, Fill&& fill) {
        Bytes bytes{Uninitialised{}, size};
        bytes.shrink(static_cast<std::size_t>(fill(bytes.room())));
        return bytes;
    }

    Bytes(const Bytes& other) noexcept : block_{other.block_}, offset_{other.offset_}, size_{other.size_} {
        if (block_) block_->sharers.fetch_add(1, std::memory_order_relaxed);
    }
    Bytes(Bytes&& other) noexcept
        : block_{std::exchange(other.block_, nullptr)},
          offset_{std::exchange(other.offset_, 0)},
          size_{std::exchange(other.size_, 0)} {}
    Bytes& operator=(Bytes other) noexcept {
        std::swap(block_, other.block_);
        std::swap(offset_, other.offset_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~Bytes() {
        if (block_) release();
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] const char* data() const noexcept { return block_ ? block_->data() + offset_ : nullptr; }
    [[nodiscard]] std::string_view view() const noexcept { return {data(), size_}; }
    [[nodiscard]] std::span<const std::byte> span() const noexcept {
        return {reinterpret_cast<const std::byte*>(data()), size_};
    }

    /// Shares `count` bytes from `offset`; both are cut to what is there.
    [[nodiscard]] Bytes slice(std::size_t offset, std::size_t count = std::string_view::npos) const noexcept;

    /// Equal content.
    friend bool operator==(const Bytes& a, const Bytes& b) noexcept { return a.view() == b.view(); }

private:
    struct Block {
        std::atomic<std::uint32_t> sharers;
        std::uint32_t size;
        [[nodiscard]] char* data() noexcept { return reinterpret_cast<char*>(this + 1); }
    };
    struct Uninitialised {};

    Bytes(Uninitialised, std::size_t size);
    [[nodiscard]] std::span<char> room() noexcept { return {block_ ? block_->data() : nullptr, size_}; }
    void shrink(std::size_t size) noexcept;
    void release() noexcept;

    Block* block_ = nullptr;
    std::uint32_t offset_ = 0;
    std::uint32_t size_ = 0;
};

template <>
struct Weight<Bytes> {
    static std::size_t of(const Bytes& bytes) noexcept { return bytes.size(); }
};

} // namespace axon
