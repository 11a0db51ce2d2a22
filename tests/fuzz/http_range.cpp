// Whatever range is selected lies inside the file. The first byte says how long that is, in bits.
#include "kamaelia/protocol/http/range.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <variant>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kamaelia::http;
    if (size == 0) return 0;
    const std::uint64_t length = (std::uint64_t{1} << (data[0] % 64)) - 1;
    const Selection selection = select_range(std::string(data + 1, data + size), length);
    if (const auto* part = std::get_if<Part>(&selection)) {
        if (part->first > part->last || part->last >= length || part->length() > length) std::abort();
        // The same part, asked for by what Content-Range says of it.
        const std::string again = "bytes=" + std::to_string(part->first) + '-' + std::to_string(part->last);
        if (select_range(again, length) != selection) std::abort();
    }
    return 0;
}
