#include "kamaelia/internet/network.hpp"

#include "kamaelia/internet/udp_socket.hpp"

#include <memory>
#include <netdb.h>

namespace kamaelia {
namespace {

class KernelNetwork final : public Network {
public:
    ListeningSocket listen(const Address& address) override { return ListeningSocket{address}; }
    std::unique_ptr<DatagramSocket> open_datagrams(const Address& address) override {
        return std::make_unique<UDPSocket>(address);
    }

    std::expected<Address, std::string> resolve(const std::string& host, std::uint16_t port) override {
        if (auto literal = Address::ip(host, port)) return literal;
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (const int failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
            failure != 0) {
            return std::unexpected{std::string{::gai_strerror(failure)}};
        }
        const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> freed{found, &::freeaddrinfo};
        return Address::of(*found->ai_addr, found->ai_addrlen);
    }
};

} // namespace

Network& Network::kernel() noexcept {
    static KernelNetwork network; // it has no state
    return network;
}

Network& Network::of(const axon::System& system) {
    auto* const given = system.network();
    return given ? dynamic_cast<Network&>(*given) : kernel();
}

} // namespace kamaelia
