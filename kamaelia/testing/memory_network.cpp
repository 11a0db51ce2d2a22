#include "kamaelia/testing/memory_network.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kamaelia::testing {
namespace {

std::error_code last_error() noexcept { return {errno, std::generic_category()}; }

Address literal(std::string_view host, std::uint16_t port) { return Address::ip(host, port).value(); }

} // namespace

// What has come to it waits here; a pipe has a byte as long as there is any, for the selector.
class MemoryNetwork::Datagrams final : public DatagramSocket {
public:
    static constexpr std::size_t most_waiting = 4096; // more are lost

    Datagrams(MemoryNetwork& network, const Address& address) : network_{network}, address_{address} {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) throw std::system_error{last_error(), "pipe"};
        readable_ = Descriptor{ends[0]};
        writable_ = Descriptor{ends[1]};
        if (!network.datagrams_.emplace(address.text(), this).second) {
            throw std::system_error{std::make_error_code(std::errc::address_in_use),
                                    "cannot open UDP " + address.text()};
        }
    }
    ~Datagrams() override {
        forget();
        network_.datagrams_.erase(address_.text());
    }

    using DatagramSocket::receive;
    Sent send(std::span<const Datagram> datagrams) noexcept override {
        for (std::size_t i = 0; i < datagrams.size(); ++i) {
            const auto to = network_.datagrams_.find(datagrams[i].peer.text());
            if (to == network_.datagrams_.end())
                return {i, std::make_error_code(std::errc::connection_refused)};
            to->second->put({.peer = address_, .header = {}, .data = whole(datagrams[i])});
        }
        return {datagrams.size(), {}};
    }
    std::expected<Datagram, std::error_code> receive(std::span<char> room) override {
        if (waiting_.empty()) return std::unexpected{std::make_error_code(std::errc::operation_would_block)};
        auto datagram = std::move(waiting_.front());
        waiting_.pop_front();
        if (datagram.data.size() > room.size()) datagram.data = datagram.data.slice(0, room.size());
        char byte = 0;
        if (waiting_.empty()) (void)!::read(readable_.get(), &byte, 1);
        return datagram;
    }
    Address address() const override { return address_; }

private:
    static axon::Bytes whole(const Datagram& datagram) {
        return axon::Bytes{std::string{datagram.header.view()} + std::string{datagram.data.view()}};
    }
    void put(Datagram datagram) {
        if (waiting_.size() == most_waiting) return;
        waiting_.push_back(std::move(datagram));
        if (waiting_.size() == 1) (void)!::write(writable_.get(), "", 1);
    }
    // Nothing else is ever waited for: what is sent is there at once.
    int descriptor() const noexcept override { return readable_.get(); }

    MemoryNetwork& network_;
    Address address_;
    Descriptor readable_;
    Descriptor writable_;
    std::deque<Datagram> waiting_;
};

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

std::unique_ptr<DatagramSocket> MemoryNetwork::open_datagrams(const Address& address) {
    auto shown = address;
    while (shown.port() == 0 || (address.port() == 0 && datagrams_.contains(shown.text())))
        shown = literal(address.host(), next_port_++);
    return std::make_unique<Datagrams>(*this, shown);
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

MemoryPeer::MemoryPeer(MemoryNetwork& network, std::string_view host, std::uint16_t port)
    : socket_{network.open_datagrams(literal(host, port))} {}

bool MemoryPeer::say(const Address& to, std::string_view bytes) {
    const std::array datagram{Datagram{.peer = to, .header = {}, .data = axon::Bytes{bytes}}};
    return socket_->send(datagram).sent == 1;
}

std::vector<std::pair<Address, std::string>> MemoryPeer::hear() {
    std::vector<std::pair<Address, std::string>> heard;
    std::array<char, 65536> room;
    while (auto datagram = socket_->receive(room)) heard.emplace_back(datagram->peer, datagram->data.view());
    return heard;
}

} // namespace kamaelia::testing
