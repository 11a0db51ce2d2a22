// Whatever description is read, written again it is the same.
#include "kamaelia/protocol/sdp/format.hpp"
#include "kamaelia/protocol/sdp/parse.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kamaelia::sdp;
    const auto read = parse_description(std::string(data, data + size));
    if (!read) {
        if (read.error().line == 0 || read.error().what.empty()) std::abort();
        return 0;
    }
    const std::string text = format_description(*read);
    const auto again = parse_description(text);
    if (!again || format_description(*again) != text) std::abort();
    return 0;
}
