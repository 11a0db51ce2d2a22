// SocketWriter: messages onto a socket.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/internet/socket.hpp"

namespace kamaelia {

/// Ends when its input has ended and the kernel has taken all of it, or when the connection dies.
class SocketWriter final : public axon::Sink<axon::Bytes> {
public:
    /// The socket outlives the writer.
    explicit SocketWriter(Socket& socket) noexcept : socket_{socket} {}
    /// What the connection died of, if it did.
    [[nodiscard]] std::error_code error() const noexcept { return error_; }
    /// Bytes that the kernel has taken.
    [[nodiscard]] std::uint64_t written() const noexcept { return written_; }

private:
    axon::Task<> main() override;

    Socket& socket_;
    std::error_code error_;
    std::uint64_t written_ = 0;
};

} // namespace kamaelia
