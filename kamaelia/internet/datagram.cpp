#include "kamaelia/internet/datagram.hpp"

#include <algorithm>

namespace kamaelia {

DatagramHeader::DatagramHeader(std::string_view bytes) noexcept
    : size_{static_cast<std::uint8_t>(std::min(bytes.size(), most))} {
    std::ranges::copy(bytes.substr(0, size_), bytes_.begin());
}

} // namespace kamaelia
