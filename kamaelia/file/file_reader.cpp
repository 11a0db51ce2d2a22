#include "kamaelia/file/file_reader.hpp"

#include "axon/offload.hpp"
#include "kamaelia/file/positioned_read.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace kamaelia {
namespace {

std::unexpected<std::error_code> failure(int error) {
    return std::unexpected{std::error_code{error, std::generic_category()}};
}

std::expected<FileReader, std::error_code> open_regular(const std::filesystem::path& path) {
    // O_NONBLOCK: a FIFO would keep the thread until someone writes to it. Files do not care.
    Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    if (!file.valid()) return failure(errno);
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return failure(errno);
    if (S_ISDIR(status.st_mode)) return failure(EISDIR);
    if (!S_ISREG(status.st_mode)) return failure(EOPNOTSUPP);
    return FileReader{std::move(file), static_cast<std::uint64_t>(status.st_size)};
}

} // namespace

axon::Task<std::expected<FileReader, std::error_code>> FileReader::open(axon::Component& self,
                                                                        std::filesystem::path path) {
    co_return co_await axon::offload(self, [path = std::move(path)] { return open_regular(path); });
}

axon::Task<std::expected<axon::Bytes, std::error_code>> FileReader::read(axon::Component& self,
                                                                         std::uint64_t offset,
                                                                         std::size_t count) {
    if (count <= most_at_once) {
        if (auto bytes = read_cached(file_.get(), offset, count)) co_return std::move(*bytes);
    }
    // The job owns the file: should the component be gone by then, the job closes it.
    auto [file, bytes] = co_await axon::offload(self, [lent = std::move(file_), offset, count]() mutable {
        auto read = read_blocking(lent.get(), offset, count);
        return std::pair{std::move(lent), std::move(read)};
    });
    file_ = std::move(file);
    co_return std::move(bytes);
}

} // namespace kamaelia
