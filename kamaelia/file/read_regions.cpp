#include "kamaelia/file/read_regions.hpp"

#include "axon/offload.hpp"
#include "kamaelia/file/positioned_read.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace kamaelia {

axon::Task<> ReadRegions::main() {
    while (auto message = co_await inbox.receive()) {
        if (auto* bytes = std::get_if<axon::Bytes>(&*message)) {
            co_await outbox.send(std::move(*bytes));
        } else {
            co_await send(std::get<FileRegion>(std::move(*message)));
        }
    }
}

axon::Task<> ReadRegions::send(FileRegion region) {
    while (!region.empty()) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(region.size(), piece));
        auto data = read_cached(region.file(), region.offset(), count);
        if (!data) {
            auto read = co_await axon::offload(
                *this, [region, count] { return read_blocking(region.file(), region.offset(), count); });
            if (!read) cannot_read(region, read.error().message());
            if (read->size() < count) cannot_read(region, "it has become shorter");
            data = std::move(*read);
        }
        region.remove_prefix(count);
        co_await outbox.send(std::move(*data));
    }
}

} // namespace kamaelia
