#include "axon/bytes.hpp"

#include "axon/block_cache.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>

namespace axon {

Bytes::Bytes(Uninitialised, std::size_t size) {
    if (size > std::numeric_limits<std::uint32_t>::max()) throw std::length_error{"Bytes: over 4 GiB"};
    if (size == 0) return;
    const auto length = static_cast<std::uint32_t>(size);
    block_ = ::new (block_cache::allocate(sizeof(Block) + size)) Block{1, length};
    size_ = length;
}

Bytes::Bytes(std::string_view text) : Bytes{Uninitialised{}, text.size()} {
    if (!text.empty()) std::memcpy(block_->data(), text.data(), text.size());
}

Bytes Bytes::slice(std::size_t offset, std::size_t count) const noexcept {
    const auto from = std::min<std::size_t>(offset, size_);
    const auto size = static_cast<std::uint32_t>(std::min(count, size_ - from));
    if (size == 0) return {}; // nothing of the storage is needed
    Bytes part{*this};
    part.offset_ += static_cast<std::uint32_t>(from);
    part.size_ = size;
    return part;
}

void Bytes::shrink(std::size_t size) noexcept {
    size_ = static_cast<std::uint32_t>(std::min<std::size_t>(size, size_));
}

Bytes Bytes::Room::bytes(std::size_t used) && {
    if (used < bytes_.size() / 2) return Bytes{std::exchange(bytes_, {}).view().substr(0, used)};
    bytes_.shrink(used);
    return std::move(bytes_);
}

void Bytes::give_back(Block& block, std::uint32_t shares) noexcept {
    if (block.sharers.fetch_sub(shares, std::memory_order_acq_rel) != shares) return;
    const auto allocated = sizeof(Block) + block.size;
    block.~Block();
    block_cache::deallocate(&block, allocated);
}

void Bytes::take_shares(Block& block) noexcept {
    if (std::exchange(kept.copied_last, &block) != &block) {
        block.sharers.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    struct AtThreadExit {
        ~AtThreadExit() {
            return_shares();
            kept = {};
        }
    };
    static thread_local const AtThreadExit at_thread_exit;
    constexpr std::uint32_t bulk = 256;
    return_shares();
    block.sharers.fetch_add(bulk, std::memory_order_relaxed);
    kept.block = &block;
    kept.shares = bulk - 1;
}

void Bytes::return_shares() noexcept {
    if (kept.shares > 0) give_back(*kept.block, std::exchange(kept.shares, 0));
}

} // namespace axon
