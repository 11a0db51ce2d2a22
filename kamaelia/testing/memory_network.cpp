#include "kamaelia/testing/memory_network.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/socket.h>

namespace kamaelia::testing {
namespace {

std::error_code last_error() noexcept { return {errno, std::generic_category()}; }

Address literal(std::string_view host, std::uint16_t port) { return Address::ip(host, port).value(); }

} // namespace

MemoryNetwork::MemoryNetwork() {
    auto name = (std::filesystem::temp_directory_path() / "kamaelia-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::system_error{last_error(), "mkdtemp"};
    directory_ = name;
}

MemoryNetwork::~MemoryNetwork() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

// The socket's path goes when it closes.
bool MemoryNetwork::is_taken(const Address& address) const {
    const auto place = places_.find(address.text());
    return place != places_.end() && std::filesystem::exists(place->second.path());
}

ListeningSocket MemoryNetwork::listen(const Address& address) {
    auto shown = address;
    const bool any_port = !address.is_unix() && address.port() == 0;
    if (any_port) {
        do shown = literal(address.host(), next_port_++);
        while (is_taken(shown));
    }
    if (is_taken(shown)) {
        throw std::system_error{std::make_error_code(std::errc::address_in_use),
                                "cannot listen on " + shown.text()};
    }
    const auto place = Address::unix_path((directory_ / std::to_string(count_++)).string()).value();
    ListeningSocket socket{place, shown};
    places_.insert_or_assign(shown.text(), place);
    return socket;
}

std::expected<Address, std::string> MemoryNetwork::resolve(const std::string& host, std::uint16_t port) {
    const auto name = names_.find(host);
    if (name != names_.end()) return Address::ip(name->second, port);
    auto address = Address::ip(host, port);
    if (!address) return std::unexpected{"nobody is called \"" + host + "\" here"};
    return address;
}

std::expected<Descriptor, std::error_code> MemoryNetwork::connect(const Address& address) const {
    const auto place = places_.find(address.text());
    if (place == places_.end()) return std::unexpected{std::make_error_code(std::errc::connection_refused)};
    Descriptor connection{::socket(AF_UNIX, SOCK_STREAM, 0)};
    if (!connection.valid()) return std::unexpected{last_error()};
    ::fcntl(connection.get(), F_SETFD, FD_CLOEXEC);
    ::fcntl(connection.get(), F_SETFL, O_NONBLOCK);
    if (::connect(connection.get(), place->second.data(), place->second.size()) != 0) {
        if (errno == ENOENT) errno = ECONNREFUSED; // it has closed, and its path is gone
        return std::unexpected{last_error()};
    }
    return connection;
}

std::vector<ListeningSocket> listening(Network& network, std::string_view host, std::uint16_t port) {
    std::vector<ListeningSocket> sockets;
    sockets.push_back(network.listen(literal(host, port)));
    return sockets;
}

MemoryClient::MemoryClient(const MemoryNetwork& network, std::string_view host, std::uint16_t port) {
    const auto address = literal(host, port);
    auto connection = network.connect(address);
    if (!connection) throw std::system_error{connection.error(), "cannot connect to " + address.text()};
    connection_ = *std::move(connection);
}

std::size_t MemoryClient::say(std::string_view text) {
    const auto said = ::send(connection_.get(), text.data(), text.size(), MSG_NOSIGNAL);
    return said < 0 ? 0 : static_cast<std::size_t>(said);
}

std::string MemoryClient::hear(std::size_t most) {
    std::string heard;
    std::array<char, 65536> room;
    while (heard.size() < most) {
        const auto got =
            ::recv(connection_.get(), room.data(), std::min(room.size(), most - heard.size()), 0);
        ended_ = got == 0 || (got < 0 && errno != EAGAIN);
        if (got <= 0) break;
        heard.append(room.data(), static_cast<std::size_t>(got));
    }
    return heard;
}

void MemoryClient::finish() { ::shutdown(connection_.get(), SHUT_WR); }

} // namespace kamaelia::testing
