// Messages come out the same however the bytes were split on their way. The first four bytes of the input
// say how.
#include "kamaelia/protocol/rtsp/message_reader.hpp"
#include "tests/kamaelia/protocol/rtsp/incoming.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia::rtsp;

constexpr std::size_t pieces = 4;

// Small, so that the fuzzer gets beyond them.
constexpr ReadLimits limits{.start_line = 64, .head = 256, .fields = 8, .body = 64};

// What a connection with `input` comes to, when it arrives in pieces of these sizes in turn.
std::string transcript(std::string_view input, const std::array<std::size_t, pieces>& sizes) {
    MessageReader reader{limits};
    std::string lines;
    for (std::size_t turn = 0; !input.empty(); ++turn) {
        std::string_view piece = input.substr(0, sizes[turn % pieces]);
        input.remove_prefix(piece.size());
        while (const auto message = reader.next(piece)) {
            lines += describe(*message) + '\n';
            const auto* const refusal = std::get_if<Refusal>(&*message);
            if (refusal != nullptr && refusal->ends) return lines;
        }
        if (!piece.empty()) std::abort(); // nothing is complete, but not all was taken
    }
    return lines + (reader.started() ? "cut off" : "ended");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < pieces) return 0;
    std::array<std::size_t, pieces> sizes{};
    for (std::size_t i = 0; i < pieces; ++i) sizes[i] = data[i] + std::size_t{1};
    const std::string bytes(data + pieces, data + size);
    const std::string whole = transcript(bytes, {bytes.size(), bytes.size(), bytes.size(), bytes.size()});
    if (transcript(bytes, sizes) != whole || transcript(bytes, {1, 1, 1, 1}) != whole) std::abort();
    return 0;
}
