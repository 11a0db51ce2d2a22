#include "axon/bytes.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>

namespace axon {

Bytes::Bytes(Uninitialised, std::size_t size) {
    if (size > std::numeric_limits<std::uint32_t>::max()) throw std::length_error{"Bytes: over 4 GiB"};
    if (size == 0) return;
    const auto length = static_cast<std::uint32_t>(size);
    block_ = ::new (::operator new(sizeof(Block) + size)) Block{1, length}; // the heap: they change threads
    size_ = length;
}

Bytes::Bytes(std::string_view text) : Bytes{Uninitialised{}, text.size()} {
    if (!text.empty()) std::memcpy(block_->data(), text.data(), text.size());
}

Bytes Bytes::slice(std::size_t offset, std::size_t count) const noexcept {
    Bytes part{*this};
    const auto from = std::min<std::size_t>(offset, size_);
    part.offset_ += static_cast<std::uint32_t>(from);
    part.size_ = static_cast<std::uint32_t>(std::min(count, size_ - from));
    return part;
}

void Bytes::shrink(std::size_t size) noexcept {
    size_ = static_cast<std::uint32_t>(std::min<std::size_t>(size, size_));
}

void Bytes::release() noexcept {
    if (block_->sharers.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    const auto allocated = sizeof(Block) + block_->size;
    block_->~Block();
    ::operator delete(block_, allocated);
}

} // namespace axon
