#include "kamaelia/internet/socket_writer.hpp"

#include "axon/offload.hpp"
#include "kamaelia/file/page_cache.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace kamaelia {
axon::Task<> SocketWriter::main() {
    while (auto message = co_await inbox.receive()) {
        if (auto* region = std::get_if<FileRegion>(&*message)) {
            co_await write_region(std::move(*region));
            if (error_) co_return;
            continue;
        }
        auto& data = std::get<axon::Bytes>(*message);
        while (!data.empty()) {
            const auto written = socket_.write(data.view(), inbox.bytes() > 0);
            if (written) {
                data = data.slice(*written);
                if (!data.empty()) co_await socket_.writable(*this); // the kernel is full
            } else if (written.error() == std::errc::operation_would_block) {
                co_await socket_.writable(*this);
            } else {
                error_ = written.error();
                co_return;
            }
        }
    }
}

// One slice, and then it is the next socket's turn, also where this one would take more: who gave way instead
// would be ready again before those who wait for the selector, get most of what there is, and have everybody
// who is ready wait for its slices.
axon::Task<> SocketWriter::write_region(FileRegion region) {
    while (!region.empty()) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(region.size(), slice));
        if (!is_cached(region.file(), region.offset(), count)) {
            const auto error = co_await axon::offload(
                *this, [region, count] { return load(region.file(), region.offset(), count); });
            if (error) cannot_read(region, error.message());
        }
        const auto written = socket_.send_file(region.file(), region.offset(), count);
        if (written && *written == 0) cannot_read(region, "it has become shorter");
        if (written) {
            region.remove_prefix(*written);
            if (region.empty()) co_return;
            co_await socket_.writable(*this);
        } else if (written.error() == std::errc::operation_would_block) {
            co_await socket_.writable(*this);
        } else if (written.error() == std::errc::io_error) { // the disk's: a socket has others
            cannot_read(region, written.error().message());
        } else {
            error_ = written.error();
            co_return;
        }
    }
}

} // namespace kamaelia
