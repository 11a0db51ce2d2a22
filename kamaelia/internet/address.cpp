#include "kamaelia/internet/address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstddef>
#include <cstring>
#include <netinet/in.h>
#include <sys/un.h>

namespace kamaelia {
namespace {

template <class Sockaddr>
Sockaddr& as(sockaddr_storage& storage) noexcept {
    return reinterpret_cast<Sockaddr&>(storage);
}
template <class Sockaddr>
const Sockaddr& as(const sockaddr_storage& storage) noexcept {
    return reinterpret_cast<const Sockaddr&>(storage);
}

using Ask = int (*)(int, sockaddr*, socklen_t*);

void ask(Ask function, int fd, sockaddr_storage& storage, socklen_t& size) noexcept {
    socklen_t length = sizeof storage;
    if (function(fd, reinterpret_cast<sockaddr*>(&storage), &length) == 0) size = length;
}

} // namespace

Address::Address() noexcept : storage_{}, size_{sizeof(sockaddr_in)} { storage_.ss_family = AF_INET; }

std::expected<Address, std::string> Address::ip(std::string_view host, std::uint16_t port) {
    std::string literal{host == "localhost" ? "127.0.0.1" : host};
    if (literal.size() > 1 && literal.front() == '[' && literal.back() == ']') {
        literal = literal.substr(1, literal.size() - 2);
    }
    Address address;
    auto& v4 = as<sockaddr_in>(address.storage_);
    if (inet_pton(AF_INET, literal.c_str(), &v4.sin_addr) == 1) {
        v4.sin_port = htons(port);
        return address;
    }
    auto& v6 = as<sockaddr_in6>(address.storage_);
    if (inet_pton(AF_INET6, literal.c_str(), &v6.sin6_addr) != 1) {
        return std::unexpected{"expected an IPv4 or IPv6 address, found \"" + std::string{host} + "\""};
    }
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    address.size_ = sizeof(sockaddr_in6);
    return address;
}

Address Address::of(const sockaddr& address, socklen_t size) noexcept {
    Address copy;
    copy.size_ = std::min<socklen_t>(size, sizeof copy.storage_);
    std::memcpy(&copy.storage_, &address, copy.size_);
    return copy;
}

std::expected<Address, std::string> Address::unix_path(std::string_view path) {
    Address address;
    auto& named = as<sockaddr_un>(address.storage_);
    if (path.empty() || path.size() >= sizeof named.sun_path) {
        return std::unexpected{"expected a path of 1 to " + std::to_string(sizeof named.sun_path - 1) +
                               " bytes"};
    }
    named.sun_family = AF_UNIX;
    std::memcpy(named.sun_path, path.data(), path.size());
    address.size_ = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
    return address;
}

Address Address::of_socket(int fd) noexcept {
    Address address;
    ask(&::getsockname, fd, address.storage_, address.size_);
    return address;
}

Address Address::of_peer(int fd) noexcept {
    Address address;
    ask(&::getpeername, fd, address.storage_, address.size_);
    return address;
}

std::uint16_t Address::port() const noexcept {
    switch (family()) {
    case AF_INET: return ntohs(as<sockaddr_in>(storage_).sin_port);
    case AF_INET6: return ntohs(as<sockaddr_in6>(storage_).sin6_port);
    default: return 0;
    }
}

Address Address::with_port(std::uint16_t port) const noexcept {
    auto other = *this;
    if (family() == AF_INET) as<sockaddr_in>(other.storage_).sin_port = htons(port);
    if (family() == AF_INET6) as<sockaddr_in6>(other.storage_).sin6_port = htons(port);
    return other;
}

std::string Address::path() const {
    constexpr auto start = offsetof(sockaddr_un, sun_path);
    if (!is_unix() || size_ <= start) return "";
    const auto* const name = as<sockaddr_un>(storage_).sun_path;
    return {name, strnlen(name, size_ - start)};
}

std::string Address::host() const {
    char literal[INET6_ADDRSTRLEN] = {};
    switch (family()) {
    case AF_INET: inet_ntop(AF_INET, &as<sockaddr_in>(storage_).sin_addr, literal, sizeof literal); break;
    case AF_INET6: inet_ntop(AF_INET6, &as<sockaddr_in6>(storage_).sin6_addr, literal, sizeof literal); break;
    default: break;
    }
    return literal;
}

std::string Address::text() const {
    switch (family()) {
    case AF_INET: return host() + ":" + std::to_string(port());
    case AF_INET6: return "[" + host() + "]:" + std::to_string(port());
    default: return path();
    }
}

} // namespace kamaelia
