// Listeners: every socket that a configuration names, open before anything starts.
#pragma once

#include "axon/setting.hpp"
#include "kamaelia/internet/listening_socket.hpp"
#include "kamaelia/internet/network.hpp"
#include "server/config/config.hpp"

#include <cstddef>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace server {

/// What cannot be listened on, for people: `server "NAME" cannot listen on ADDRESS: why`.
class ListenRefused final : public std::system_error {
public:
    ListenRefused(const std::string& who, axon::Where where, const std::system_error& why)
        : system_error{why.code()}, reason_{why.what()}, text_{who + " " + reason_}, where_{where} {}

    const char* what() const noexcept override { return text_.c_str(); }
    /// The same without who it is.
    [[nodiscard]] const std::string& reason() const noexcept { return reason_; }
    /// Where the address is configured.
    [[nodiscard]] axon::Where where() const noexcept { return where_; }

private:
    std::string reason_;
    std::string text_;
    axon::Where where_;
};

class Listeners {
public:
    /// One socket an address for each worker. Throws ListenRefused.
    Listeners(const Config& config, kamaelia::Network& network, unsigned workers = 1);

    [[nodiscard]] unsigned workers() const noexcept { return static_cast<unsigned>(sockets_.size()); }
    /// ` NAME=URL ...`: each address that is listened on, with the real port where 0 was asked for.
    [[nodiscard]] const std::string& serves() const noexcept { return serves_; }
    /// A worker's of one server, which is named by its place in Config::servers. They are given once.
    [[nodiscard]] std::vector<kamaelia::ListeningSocket> take(std::size_t server, unsigned worker);

    /// The admin listener's; none where there is none. They are given once.
    [[nodiscard]] std::vector<kamaelia::ListeningSocket> take_admin() { return std::move(admin_); }
    /// Of each that nobody asked for and that is not there, which and why.
    [[nodiscard]] const std::vector<std::string>& refusals() const noexcept { return refusals_; }

private:
    void open_server(const Config& config, std::size_t server, kamaelia::Network& network);
    void open_admin(const AdminConfig& config, kamaelia::Network& network);

    std::string serves_;
    std::vector<std::string> refusals_;
    std::vector<kamaelia::ListeningSocket> admin_;
    std::vector<std::vector<std::vector<kamaelia::ListeningSocket>>> sockets_; ///< by worker, by server
};

} // namespace server
