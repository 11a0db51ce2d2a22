// FileReader: a regular file that a component reads, anywhere in it, without ever keeping the others
// waiting for the disk.
//
//     auto file = co_await FileReader::open(*this, path);
//     if (!file)
//         throw std::system_error{file.error(), "cannot read " + path.string()};
//     auto page = co_await file->read(*this, 4096, 512);       // std::expected<Bytes, std::error_code>
#pragma once

#include "axon/bytes.hpp"
#include "axon/component.hpp"
#include "axon/task.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <system_error>
#include <utility>

namespace kamaelia {

/// Owns the file. What is in memory is read at once, anything else, and opening, by offload(). Belongs
/// to one component, the `self` of its calls, and does one read at a time. When that component is
/// stopped during a read, or a read is cut short by within(), the file is closed as soon as the disk has
/// answered.
class FileReader {
public:
    /// More than this is not copied in one turn, even from memory: it is read elsewhere.
    static constexpr std::size_t most_at_once = std::size_t{1024} * 1024;

    /// Takes a regular file that is open for reading and has `size` bytes.
    FileReader(Descriptor file, std::uint64_t size) noexcept : file_{std::move(file)}, size_{size} {}

    /// Opens a regular file. Anything else is an error: EISDIR for a directory, EOPNOTSUPP for the rest
    /// (FIFOs, devices), without waiting for their other end.
    [[nodiscard]] static axon::Task<std::expected<FileReader, std::error_code>> open(
        axon::Component& self, std::filesystem::path path);

    /// In bytes, when it was opened.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// Waits for `count` bytes at `offset`; fewer only where the file ends by now, which is before size()
    /// if someone has cut it. `count` is what the caller is ready to hold in memory; under 4 GiB.
    [[nodiscard]] axon::Task<std::expected<axon::Bytes, std::error_code>> read(axon::Component& self,
                                                                               std::uint64_t offset,
                                                                               std::size_t count);

private:
    Descriptor file_;
    std::uint64_t size_;
};

} // namespace kamaelia
