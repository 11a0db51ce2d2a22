// Bytes: an immutable run of bytes, shared cheaply.
//
//     auto hello = Bytes{"hello"};            // copies once
//     auto tail = hello.slice(1, 3);          // shares, never copies
//     auto page = Bytes::build(4096, [&](std::span<char> room) { return read_into(room); });
#pragma once

#include "axon/message_type.hpp"
#include "axon/prefetch.hpp"
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

/// 16 bytes; copying shares the storage, which goes with the last sharer, or where it went to many a little
/// later (see return_shares()). May be handed between threads. At most 4 GiB - 1.
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

    class Room;

    Bytes(const Bytes& other) noexcept : block_{other.block_}, offset_{other.offset_}, size_{other.size_} {
        if (block_) share(*block_);
    }
    Bytes(Bytes&& other) noexcept
        : block_{std::exchange(other.block_, nullptr)},
          offset_{other.offset_},
          size_{std::exchange(other.size_, 0)} {}
    Bytes& operator=(Bytes other) noexcept {
        std::swap(block_, other.block_);
        std::swap(offset_, other.offset_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~Bytes() {
        if (block_) release(*block_);
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] const char* data() const noexcept { return block_ ? block_->data() + offset_ : nullptr; }
    [[nodiscard]] std::string_view view() const noexcept { return {data(), size_}; }
    [[nodiscard]] std::span<const std::byte> span() const noexcept {
        return {reinterpret_cast<const std::byte*>(data()), size_};
    }

    /// Has the processor fetch them.
    void fetch() const noexcept {
        if (block_) prefetch(block_, sizeof(Block) + offset_ + size_);
    }

    /// Shares `count` bytes from `offset`; both are cut to what is there.
    [[nodiscard]] Bytes slice(std::size_t offset, std::size_t count = std::string_view::npos) const noexcept;

    /// Counting sharers is what sending the same bytes to thousands costs most, because other threads may
    /// count, too. So who copies one storage again and again takes shares of it in bulk, and keeps those of
    /// copies that go. This gives back what the thread has kept: a scheduler does it at each poll, others may
    /// do it now and then.
    static void return_shares() noexcept;

    /// Equal content.
    friend bool operator==(const Bytes& a, const Bytes& b) noexcept { return a.view() == b.view(); }

private:
    struct Block {
        std::atomic<std::uint32_t> sharers;
        std::uint32_t size;
        [[nodiscard]] char* data() noexcept { return reinterpret_cast<char*>(this + 1); }
    };
    /// One storage's shares that this thread holds for copies to come.
    struct Kept {
        Block* block;
        std::uint32_t shares;     ///< 0: the block may be gone
        const Block* copied_last; ///< only to compare
    };
    struct Uninitialised {};

    Bytes(Uninitialised, std::size_t size);
    [[nodiscard]] std::span<char> room() noexcept { return {block_ ? block_->data() : nullptr, size_}; }
    void shrink(std::size_t size) noexcept;
    static void share(Block& block) noexcept {
        if (kept.block == &block && kept.shares > 0) {
            --kept.shares;
        } else {
            take_shares(block);
        }
    }
    static void release(Block& block) noexcept {
        if (kept.block == &block) {
            ++kept.shares;
        } else {
            give_back(block, 1);
        }
    }
    /// At least one.
    static void take_shares(Block& block) noexcept;
    static void give_back(Block& block, std::uint32_t shares) noexcept;

    static inline constinit thread_local Kept kept{};

    Block* block_ = nullptr;
    std::uint32_t offset_ = 0;
    std::uint32_t size_ = 0;
};

/// Bytes in the making: storage that is filled bit by bit. Empty until given a size.
class Bytes::Room {
public:
    Room() noexcept = default;
    /// Throws as Bytes::build() does.
    explicit Room(std::size_t size) : bytes_{Uninitialised{}, size} {}

    [[nodiscard]] std::span<char> span() noexcept { return bytes_.room(); }
    /// The first `used` ones; what is left over is kept with them, unless it is more than they are.
    [[nodiscard]] Bytes bytes(std::size_t used) &&;

private:
    Bytes bytes_;
};

template <>
struct Weight<Bytes> {
    static std::size_t of(const Bytes& bytes) noexcept { return bytes.size(); }
};

template <>
struct MessageName<Bytes> {
    static constexpr std::string_view value = "Bytes";
};

} // namespace axon
