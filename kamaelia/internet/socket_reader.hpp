// SocketReader: what arrives on a socket, as messages.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/internet/socket.hpp"

namespace kamaelia {

/// Ends at the end of the stream and when the connection dies: error() says which. Owns no buffer while it
/// waits.
class SocketReader final : public axon::Source<axon::Bytes> {
public:
    /// The socket outlives the reader.
    explicit SocketReader(Socket& socket) noexcept : socket_{socket} {}
    /// The other side has finished.
    [[nodiscard]] bool at_end() const noexcept { return at_end_; }
    /// What the connection died of, if it did.
    [[nodiscard]] std::error_code error() const noexcept { return error_; }

private:
    axon::Task<> main() override;

    Socket& socket_;
    bool at_end_ = false;
    std::error_code error_;
};

} // namespace kamaelia
