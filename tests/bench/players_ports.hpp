// The UDP ports of many players in few sockets: each player is at an address of its own below 127.1.0.0/16,
// or at a port of its own, and a socket hears all addresses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

namespace bench {

/// When the kernel had it, of CLOCK_REALTIME, in ns. What came before the kernel has begun to say so came
/// now.
[[nodiscard]] std::int64_t stamp_of(const msghdr& message) noexcept;
/// Has the kernel say so.
void ask_for_stamps(int socket);

class PlayersPorts {
public:
    /// Pairs of ports that are free. Throws std::system_error when there are not enough.
    PlayersPorts();
    PlayersPorts(const PlayersPorts&) = delete;
    PlayersPorts& operator=(const PlayersPorts&) = delete;
    ~PlayersPorts();

    [[nodiscard]] static in_addr address_of(std::size_t player) noexcept;
    /// Of its RTP; that of its RTCP is the next.
    [[nodiscard]] std::uint16_t port_of(std::size_t player) const noexcept;

    struct Heard {
        std::size_t player;
        bool rtcp;
        std::string_view begin; ///< of the datagram: as much as says what it is
        std::size_t size;       ///< of all of it
        std::int64_t arrival;   ///< ns of the kernel's clock
    };
    /// All that has come.
    void drain(const std::function<void(const Heard&)>& hear);
    /// From the player's port of RTCP to 127.0.0.1.
    void send_rtcp(std::size_t player, std::uint16_t to, std::string_view packet);
    /// Datagrams for which there was no room here.
    [[nodiscard]] std::uint64_t dropped() const;

private:
    struct Pair {
        std::uint16_t port;
        int rtp;
        int rtcp;
    };
    void drain(std::size_t pair, bool rtcp, const std::function<void(const Heard&)>& hear);

    std::vector<Pair> pairs_;
};

} // namespace bench
