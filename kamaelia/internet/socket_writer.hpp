// SocketWriter: messages onto a socket.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/file/file_region.hpp"
#include "kamaelia/internet/socket.hpp"

#include <cstddef>
#include <cstdint>
#include <system_error>

namespace kamaelia {

/// Ends when its input has ended and the kernel has taken all of it, or when the connection dies. It fails,
/// with std::runtime_error, when a file cannot be read or has become shorter than the region of it that is to
/// be sent: what comes then has no place any more.
/// Regions of files go from the system's memory straight to the socket; what is not there is read elsewhere
/// before.
class SocketWriter final : public axon::Sink<BytesOrRegion> {
public:
    /// Of a file at most so much is sent in one turn, in bytes.
    static constexpr std::size_t slice = std::size_t{1024} * 1024;

    /// The socket outlives the writer.
    explicit SocketWriter(Socket& socket) noexcept : socket_{socket} {}
    /// What the connection died of, if it did.
    [[nodiscard]] std::error_code error() const noexcept { return error_; }

private:
    axon::Task<> main() override;
    axon::Task<> write_region(FileRegion region);

    Socket& socket_;
    std::error_code error_;
};

} // namespace kamaelia
