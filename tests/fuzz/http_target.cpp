// Whatever target is accepted, its path leads nowhere but down, and written again it is the same.
#include "kamaelia/protocol/http/target.hpp"
#include "kamaelia/util/html.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kamaelia::http;
    const auto target = parse_target(std::string(data, data + size), 512);
    if (!target) return 0;
    for (const std::string& segment : target->segments) {
        if (segment.empty() || segment == "." || segment == ".." || segment.contains('/') ||
            segment.contains('\\') || segment.contains('\0'))
            std::abort();
    }
    const auto again = parse_target('/' + kamaelia::percent_encode_path(kamaelia::join(target->segments)));
    if (!again || again->segments != target->segments) std::abort();
    return 0;
}
