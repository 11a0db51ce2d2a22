#include "kamaelia/file/file_region.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace kamaelia {

struct FileRegion::File {
    Descriptor descriptor;
    std::atomic<std::uint32_t> sharers{1};
};

FileRegion::FileRegion(Descriptor file, std::uint64_t offset, std::uint64_t size)
    : file_{new File{std::move(file)}}, offset_{offset}, size_{size} {}

FileRegion::FileRegion(const FileRegion& other) noexcept
    : file_{other.file_}, offset_{other.offset_}, size_{other.size_} {
    if (file_) file_->sharers.fetch_add(1, std::memory_order_relaxed);
}

void FileRegion::let_go() noexcept {
    if (file_->sharers.fetch_sub(1, std::memory_order_acq_rel) == 1) delete file_;
}

bool FileRegion::shared() const noexcept {
    return file_ && file_->sharers.load(std::memory_order_acquire) > 1;
}

int FileRegion::file() const noexcept { return file_ ? file_->descriptor.get() : -1; }

void FileRegion::remove_prefix(std::uint64_t count) noexcept {
    count = std::min(count, size_);
    offset_ += count;
    size_ -= count;
}

void cannot_read(const FileRegion& region, std::string_view why) {
    std::error_code unknown;
    const auto path =
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(region.file()), unknown).string();
    throw std::runtime_error{"cannot read all of " + (path.empty() ? "a file" : path) + ": " +
                             std::string{why}};
}

} // namespace kamaelia
