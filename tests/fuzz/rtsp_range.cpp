// Whatever range is read is in order, and written again it is the same.
#include "kamaelia/protocol/rtsp/range.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// One time, that of a PAUSE.
static void check_point(const std::string& text) {
    using namespace kamaelia::rtsp;
    const auto point = parse_pause_point(text);
    if (!point && status_of(point.error()) == Status::ok) std::abort();
    if (!point || point->now) return;
    if (point->time.count() < 0 || parse_pause_point("npt=" + format_npt(point->time)) != *point)
        std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kamaelia::rtsp;
    const std::string text(data, data + size);
    check_point(text);
    const auto range = parse_range(text);
    if (!range) {
        if (status_of(range.error()) == Status::ok) std::abort();
        return 0;
    }
    if (!range->start && !range->end) std::abort();
    for (const auto& time : {range->start, range->end})
        if (time && time->time.count() < 0) std::abort();
    if (range->start && range->end && !range->start->now && !range->end->now &&
        range->end->time < range->start->time)
        std::abort();
    const auto again = parse_range(format_range(*range));
    if (!again || *again != *range) std::abort();
    return 0;
}
