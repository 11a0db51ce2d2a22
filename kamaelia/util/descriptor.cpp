#include "kamaelia/util/descriptor.hpp"

#include <unistd.h>

namespace kamaelia {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        close();
        fd_ = other.release();
    }
    return *this;
}

void Descriptor::close() noexcept {
    // Not repeated on EINTR: Linux has freed the number by then, and another thread may own it.
    if (valid()) ::close(release());
}

} // namespace kamaelia
