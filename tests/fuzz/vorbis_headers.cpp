// Whatever the two headers are: what is read from them can be, and so can each packet's duration. The first
// byte says how long the identification is, the second how many packets of a byte stand behind the setup.
#include "kamaelia/codec/vorbis_headers.hpp"
#include "kamaelia/codec/vorbis_durations.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia;

void require(bool condition) {
    if (!condition) std::abort();
}

void check(const VorbisHeaders& headers) {
    require(headers.rate > 0 && headers.channels > 0);
    require(std::has_single_bit(headers.short_block) && std::has_single_bit(headers.long_block));
    require(headers.short_block >= 64 && headers.short_block <= headers.long_block &&
            headers.long_block <= 8192);
    require(headers.modes >= 1 && headers.modes <= 64);
    require(std::bit_width(headers.long_modes) <= headers.modes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string bytes(data + 2, data + size);
    const auto first = bytes.substr(0, data[0]);
    const auto rest = bytes.substr(first.size());
    const auto second = rest.substr(0, rest.size() - std::min<std::size_t>(data[1], rest.size()));
    const auto headers = read_vorbis_headers(first, second);
    if (!headers) {
        require(!headers.error().empty());
        return 0;
    }
    check(*headers);
    VorbisDurations durations{*headers};
    for (const char& packet : rest.substr(second.size()))
        require(durations.next({&packet, 1}) <= headers->long_block / 2U);
    return 0;
}
