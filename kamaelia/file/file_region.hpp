// FileRegion: a message that stands for a piece of an open file, so that its bytes need not be read on the
// way.
//
//     co_await outbox.send(FileRegion{std::move(file.descriptor), 0, file.size});
#pragma once

#include "axon/bytes.hpp"
#include "axon/message_type.hpp"
#include "axon/weight.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

namespace kamaelia {

/// Copying shares the open file, which is closed with the last region of it. May be handed between threads;
/// whoever reads says where, the file has no position. It is what the file contains when it is read: who
/// replaces the file changes nothing, who writes to it or cuts it does.
class FileRegion {
public:
    /// Of no file, and empty.
    FileRegion() noexcept = default;
    /// `size` bytes at `offset` of a regular file that is open for reading. Throws std::bad_alloc.
    FileRegion(Descriptor file, std::uint64_t offset, std::uint64_t size);
    FileRegion(const FileRegion& other) noexcept;
    FileRegion(FileRegion&& other) noexcept
        : file_{std::exchange(other.file_, nullptr)},
          offset_{other.offset_},
          size_{std::exchange(other.size_, 0)} {}
    FileRegion& operator=(FileRegion other) noexcept {
        std::swap(file_, other.file_);
        std::swap(offset_, other.offset_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~FileRegion() {
        if (file_) let_go();
    }

    /// The open file, still owned; -1 when there is none.
    [[nodiscard]] int file() const noexcept;
    [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    /// Whether others have regions of the same open file: who keeps a copy of what it has sent learns by it
    /// whether that is still on its way.
    [[nodiscard]] bool shared() const noexcept;

    /// Cuts off the first `count` bytes, or what there is.
    void remove_prefix(std::uint64_t count) noexcept;

private:
    struct File;
    void let_go() noexcept;

    File* file_ = nullptr;
    std::uint64_t offset_ = 0;
    std::uint64_t size_ = 0;
};

/// Throws std::runtime_error: "cannot read all of NAME: WHY", with the file's path where the system tells it,
/// as Linux does.
[[noreturn]] void cannot_read(const FileRegion& region, std::string_view why);

/// What leads to a socket takes: a component that sends Bytes only may be linked there, too. Who has to see
/// every byte takes Bytes, and ReadRegions stands before it.
using BytesOrRegion = std::variant<axon::Bytes, FileRegion>;

} // namespace kamaelia

template <>
struct axon::Weight<kamaelia::FileRegion> {
    static std::size_t of(const kamaelia::FileRegion& region) noexcept {
        constexpr std::uint64_t enough = 1U << 30U; // for any limit, and a few of them still add up
        return region.size() < enough ? region.size() : enough;
    }
};

template <>
struct axon::MessageName<kamaelia::BytesOrRegion> {
    static constexpr std::string_view value = "Bytes or regions of files";
};
