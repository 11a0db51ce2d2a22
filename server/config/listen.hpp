// Listen: an address to listen on, as `listen` writes it: tcp://HOST:PORT, http://HOST:PORT,
// rtsp://HOST:PORT, unix:///PATH.
#pragma once

#include "axon/setting.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace server {

struct Listen {
    enum class Scheme { tcp, http, rtsp, unix_socket };

    Scheme scheme = Scheme::tcp;
    std::string host;       ///< a name or an address, an IPv6 one without brackets; empty for a Unix socket
    std::uint16_t port = 0; ///< 0: the system chooses
    std::filesystem::path path; ///< of a Unix socket only
    axon::Where where;

    /// The same address, wherever it is written.
    friend bool operator==(const Listen& a, const Listen& b) {
        return a.scheme == b.scheme && a.host == b.host && a.port == b.port && a.path == b.path;
    }
};

/// The error says what is wrong with the URL and what was expected. `where` is left for the caller.
[[nodiscard]] std::expected<Listen, std::string> parse_listen(std::string_view url);

/// The URL, which parse_listen reads back as the same value.
[[nodiscard]] std::string show(const Listen& listen);

} // namespace server
