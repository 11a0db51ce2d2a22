// A file descriptor that closes itself.
//
//     Descriptor file{::open(path, O_RDONLY | O_CLOEXEC)};
//     if (!file.valid())
//         return errno;
#pragma once

#include <utility>

namespace kamaelia {

/// Owns one file descriptor, of a file or of a socket, and closes it. Move-only.
class Descriptor {
public:
    /// Owns nothing.
    Descriptor() noexcept = default;
    /// Takes ownership of `fd`; a negative number, as a failed call returns it, is owning nothing.
    explicit Descriptor(int fd) noexcept : fd_{fd < 0 ? none : fd} {}

    Descriptor(Descriptor&& other) noexcept : fd_{other.release()} {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor() { close(); }

    /// The descriptor, still owned; -1 when there is none.
    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] bool valid() const noexcept { return fd_ != none; }
    /// Gives the descriptor up unclosed; the caller owns it from now on.
    [[nodiscard]] int release() noexcept { return std::exchange(fd_, none); }
    /// Closes now; afterwards nothing is owned. What close(2) answers is not reported.
    void close() noexcept;

private:
    static constexpr int none = -1;

    int fd_ = none;
};

} // namespace kamaelia
