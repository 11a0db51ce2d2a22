#include "kamaelia/internet/socket.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <linux/sockios.h>
#include <sys/ioctl.h>

namespace kamaelia {

std::optional<std::size_t> Socket::unacknowledged() const noexcept {
    int bytes = 0;
    if (::ioctl(descriptor_.get(), SIOCOUTQ, &bytes) != 0) return std::nullopt;
    return static_cast<std::size_t>(bytes);
}

} // namespace kamaelia

#endif
