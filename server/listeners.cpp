#include "server/listeners.hpp"

#include "axon/quote.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace server {
namespace {

// The resolver's reason is no error number, and says all.
class UnknownHost final : public std::system_error {
public:
    explicit UnknownHost(std::string text)
        : system_error{std::make_error_code(std::errc::address_not_available)}, text_{std::move(text)} {}
    const char* what() const noexcept override { return text_.c_str(); }

private:
    std::string text_;
};

kamaelia::ListeningSocket open_socket(kamaelia::Network& network, const Listen& listen) {
    const auto address = listen.scheme == Listen::Scheme::unix_socket
                             ? kamaelia::Address::unix_path(listen.path.string())
                             : network.resolve(listen.host, listen.port);
    if (!address) throw UnknownHost{"cannot listen on " + show(listen) + ": " + address.error()};
    return network.listen(*address);
}

// As it was configured, with the real port.
std::string url(const Listen& listen, const kamaelia::Address& address) {
    if (address.is_unix()) return "unix://" + address.path();
    auto real = listen;
    real.port = address.port();
    real.host = address.host();
    return show(real);
}

} // namespace

Listeners::Listeners(const Config& config, kamaelia::Network& network, unsigned workers) : sockets_(workers) {
    for (auto& of_worker : sockets_) of_worker.resize(config.servers.size());
    for (std::size_t server = 0; server < config.servers.size(); ++server) {
        try {
            open_server(config, server, network);
        } catch (const ListenRefused& refused) {
            if (config.servers[server].required) throw;
            refusals_.push_back("no server " + config.servers[server].name + ": " + refused.reason());
        }
    }
    if (config.admin) open_admin(*config.admin, network);
}

void Listeners::open_server(const Config& config, std::size_t server, kamaelia::Network& network) {
    const auto& name = config.servers[server].name;
    for (const auto& listen : config.servers[server].listen) {
        try {
            auto first = open_socket(network, listen);
            serves_ += " " + name + "=" + url(listen, first.address());
            for (unsigned worker = 1; worker < workers(); ++worker)
                sockets_[worker][server].push_back(first.twin());
            sockets_.front()[server].push_back(std::move(first));
        } catch (const std::system_error& refused) {
            throw ListenRefused{"server " + axon::quote(name), listen.where, refused};
        }
    }
}

void Listeners::open_admin(const AdminConfig& config, kamaelia::Network& network) {
    for (const auto& listen : config.listen) {
        try {
            admin_.push_back(open_socket(network, listen));
            serves_ += " admin=" + url(listen, admin_.back().address());
        } catch (const std::system_error& refused) {
            if (config.required) throw ListenRefused{"admin", listen.where, refused};
            refusals_.push_back(std::string{"no admin listener: "} + refused.what());
        }
    }
}

std::vector<kamaelia::ListeningSocket> Listeners::take(std::size_t server, unsigned worker) {
    return std::move(sockets_[worker][server]);
}

} // namespace server
