// An address that a socket listens on or comes from: IPv4, IPv6 or a path of the file system.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace kamaelia {

/// A socket address; 0.0.0.0:0 until set. Equal when family, address and port are.
class Address {
public:
    Address() noexcept;
    /// A literal such as `127.0.0.1`, `::1` or `[::1]`, and `localhost`; no names are resolved. The error
    /// says what was expected.
    static std::expected<Address, std::string> ip(std::string_view host, std::uint16_t port);
    /// What the system's calls name a socket by.
    static Address of(const sockaddr& address, socklen_t size) noexcept;
    /// A Unix socket's path, at most 107 bytes.
    static std::expected<Address, std::string> unix_path(std::string_view path);
    /// Where a bound socket listens; the peer of a connected one. Unset when the kernel does not say.
    static Address of_socket(int fd) noexcept;
    static Address of_peer(int fd) noexcept;

    [[nodiscard]] const sockaddr* data() const noexcept {
        return reinterpret_cast<const sockaddr*>(&storage_);
    }
    [[nodiscard]] socklen_t size() const noexcept { return size_; }
    [[nodiscard]] int family() const noexcept { return storage_.ss_family; }
    [[nodiscard]] bool is_unix() const noexcept { return family() == AF_UNIX; }
    /// The literal without port and brackets; empty for a Unix socket.
    [[nodiscard]] std::string host() const;
    /// 0 for a Unix socket.
    [[nodiscard]] std::uint16_t port() const noexcept;
    /// The same host at another port; a Unix socket's address as it is.
    [[nodiscard]] Address with_port(std::uint16_t port) const noexcept;
    /// A Unix socket's path; empty for others and for unnamed ones.
    [[nodiscard]] std::string path() const;
    /// `127.0.0.1:8000`, `[::1]:8000` or the path.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Address& a, const Address& b) noexcept { return a.text() == b.text(); }

private:
    sockaddr_storage storage_;
    socklen_t size_;
};

} // namespace kamaelia
