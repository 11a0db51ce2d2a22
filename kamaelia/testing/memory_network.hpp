// MemoryNetwork: a network inside the test. No ports, no names of the world, and time as the Rig says.
//
//     MemoryNetwork network;
//     Rig rig{{.network = &network}};
//     rig.add<SimpleServer>(listening(network, "192.0.2.1", 80), [] { return std::make_unique<Echo>(); });
//     rig.run();
//     MemoryClient client{network, "192.0.2.1", 80};
//     client.say("hello");
//     rig.run();
//     EXPECT_EQ(client.hear(), "hello");
#pragma once

#include "kamaelia/internet/network.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kamaelia::testing {

/// Sockets that only meet each other: the kernel's memory carries the bytes, at once and in order, so that a
/// run is the same each time. Addresses are what the test calls them. Outlives the systems that use it.
class MemoryNetwork final : public Network {
public:
    MemoryNetwork();
    ~MemoryNetwork() override;

    [[nodiscard]] ListeningSocket listen(const Address& address) override;
    [[nodiscard]] std::unique_ptr<DatagramSocket> open_datagrams(const Address& address) override;
    /// Knows literals and the names that were given.
    [[nodiscard]] std::expected<Address, std::string> resolve(const std::string& host,
                                                              std::uint16_t port) override;
    void give_name(std::string name, std::string host) { names_[std::move(name)] = std::move(host); }

    /// A connection to what listens there, not blocking. The error is the system's.
    [[nodiscard]] std::expected<Descriptor, std::error_code> connect(const Address& address) const;

private:
    class Datagrams;
    friend class Datagrams;

    [[nodiscard]] bool is_taken(const Address& address) const;

    std::filesystem::path directory_; ///< of the sockets
    std::map<std::string, std::string, std::less<>> names_;
    std::map<std::string, Address, std::less<>> places_; ///< where the kernel has what the test calls so
    std::map<std::string, Datagrams*, std::less<>> datagrams_; ///< those that are open
    std::uint16_t next_port_ = 49152;
    unsigned count_ = 0;
};

/// One socket at a literal address, for a server.
[[nodiscard]] std::vector<ListeningSocket> listening(Network& network, std::string_view host,
                                                     std::uint16_t port);

/// The other side of a connection. Nothing waits: it takes and gives what there is and what fits.
class MemoryClient {
public:
    /// Throws std::system_error when nobody listens there.
    MemoryClient(const MemoryNetwork& network, std::string_view host, std::uint16_t port);

    /// How much of it was taken.
    std::size_t say(std::string_view text);
    /// What has come, or so many bytes of it.
    std::string hear(std::size_t most = static_cast<std::size_t>(-1));
    /// Says that nothing more comes.
    void finish();
    /// The server has closed or reset the connection, and everything was heard.
    [[nodiscard]] bool ended() const noexcept { return ended_; }
    /// Goes without a word; what was not heard is lost.
    void vanish() { connection_.close(); }

private:
    Descriptor connection_;
    bool ended_ = false;
};

/// A UDP socket of a test.
class MemoryPeer {
public:
    /// Throws std::system_error when somebody else is there.
    MemoryPeer(MemoryNetwork& network, std::string_view host, std::uint16_t port);

    /// False when nobody is there, or has no room for it.
    bool say(const Address& to, std::string_view bytes);
    /// What has come, with whom it came from.
    std::vector<std::pair<Address, std::string>> hear();
    [[nodiscard]] Address address() const { return socket_->address(); }

private:
    std::unique_ptr<DatagramSocket> socket_;
};

} // namespace kamaelia::testing
