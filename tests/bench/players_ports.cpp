#include "tests/bench/players_ports.hpp"

#include "tests/bench/load.hpp"

#include <array>
#include <ctime>
#include <linux/sock_diag.h>
#include <unistd.h>
#include <utility>

namespace bench {
namespace {

constexpr std::size_t wanted_pairs = 32;
constexpr std::uint16_t first_port = 20'000, last_port = 32'000; // below those that the kernel gives away
constexpr int room = 4 * 1024 * 1024;
constexpr std::size_t hosts_of_a_net = 250;
constexpr std::size_t at_once = 64;
constexpr std::size_t begin_size = 64;

struct alignas(cmsghdr) Control {
    std::array<char, CMSG_SPACE(sizeof(in_pktinfo)) + CMSG_SPACE(sizeof(timespec))> bytes;
};

template <class T>
T said(const msghdr& message, int level, int type) noexcept {
    T value{};
    auto* const head = const_cast<msghdr*>(&message); // CMSG_NXTHDR wants it
    for (auto* each = CMSG_FIRSTHDR(head); each; each = CMSG_NXTHDR(head, each))
        if (each->cmsg_level == level && each->cmsg_type == type)
            std::memcpy(&value, CMSG_DATA(each), sizeof value);
    return value;
}

// -1 when it is taken.
int bound(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) refuse("socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    ask_for_stamps(fd);
    return fd;
}

} // namespace

std::int64_t stamp_of(const msghdr& message) noexcept {
    auto time = said<timespec>(message, SOL_SOCKET, SCM_TIMESTAMPNS);
    if (time.tv_sec == 0) ::clock_gettime(CLOCK_REALTIME, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void ask_for_stamps(int socket) {
    const int on = 1;
    if (::setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0) refuse("SO_TIMESTAMPNS");
}

PlayersPorts::PlayersPorts() {
    pairs_.reserve(wanted_pairs);
    for (std::uint16_t port = first_port; port < last_port && pairs_.size() < wanted_pairs; port += 2) {
        const int rtp = bound(port);
        if (rtp < 0) continue;
        const int rtcp = bound(static_cast<std::uint16_t>(port + 1));
        if (rtcp >= 0)
            pairs_.push_back({port, rtp, rtcp});
        else
            ::close(rtp);
    }
    if (pairs_.size() < wanted_pairs) refuse("ports for the players");
}

PlayersPorts::~PlayersPorts() {
    for (const auto& pair : pairs_) {
        ::close(pair.rtp);
        ::close(pair.rtcp);
    }
}

in_addr PlayersPorts::address_of(std::size_t player) noexcept {
    const auto host = static_cast<std::uint32_t>(player / wanted_pairs);
    const auto offset = static_cast<std::uint32_t>((host / hosts_of_a_net << 8U) + host % hosts_of_a_net);
    return {htonl(0x7f010001U + offset)};
}

std::uint16_t PlayersPorts::port_of(std::size_t player) const noexcept {
    return pairs_[player % wanted_pairs].port;
}

void PlayersPorts::drain(const std::function<void(const Heard&)>& hear) {
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
        drain(pair, false, hear);
        drain(pair, true, hear);
    }
}

void PlayersPorts::drain(std::size_t pair, bool rtcp, const std::function<void(const Heard&)>& hear) {
    std::array<std::array<char, begin_size>, at_once> begins;
    std::array<Control, at_once> controls;
    std::array<iovec, at_once> places;
    std::array<mmsghdr, at_once> messages{};
    const int fd = rtcp ? pairs_[pair].rtcp : pairs_[pair].rtp;
    while (true) {
        for (std::size_t i = 0; i < at_once; ++i) {
            places[i] = {begins[i].data(), begin_size};
            auto& head = messages[i].msg_hdr;
            head.msg_iov = &places[i];
            head.msg_iovlen = 1;
            head.msg_control = controls[i].bytes.data();
            head.msg_controllen = controls[i].bytes.size();
        }
        const int count = ::recvmmsg(fd, messages.data(), at_once, MSG_TRUNC, nullptr);
        for (std::size_t i = 0; std::cmp_less(i, count); ++i) {
            const auto& [head, size] = messages[i];
            const auto to =
                ntohl(said<in_pktinfo>(head, IPPROTO_IP, IP_PKTINFO).ipi_addr.s_addr) - 0x7f010001U;
            const auto host = (to >> 8U) * hosts_of_a_net + (to & 0xffU);
            hear({.player = host * wanted_pairs + pair,
                  .rtcp = rtcp,
                  .begin = {begins[i].data(), std::min<std::size_t>(size, begin_size)},
                  .size = size,
                  .arrival = stamp_of(head)});
        }
        if (std::cmp_less(count, at_once)) return;
    }
}

void PlayersPorts::send_rtcp(std::size_t player, std::uint16_t to, std::string_view packet) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(to);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    iovec place{const_cast<char*>(packet.data()), packet.size()}; // which sendmsg() only reads
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in_pktinfo))> control{};
    msghdr head{};
    head.msg_name = &address;
    head.msg_namelen = sizeof address;
    head.msg_iov = &place;
    head.msg_iovlen = 1;
    head.msg_control = control.data();
    head.msg_controllen = control.size();
    auto* const source = CMSG_FIRSTHDR(&head);
    source->cmsg_level = IPPROTO_IP;
    source->cmsg_type = IP_PKTINFO;
    source->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
    const in_pktinfo from{.ipi_ifindex = 0, .ipi_spec_dst = address_of(player), .ipi_addr = {}};
    std::memcpy(CMSG_DATA(source), &from, sizeof from);
    (void)::sendmsg(pairs_[player % wanted_pairs].rtcp, &head, MSG_NOSIGNAL);
}

std::uint64_t PlayersPorts::dropped() const {
    std::uint64_t sum = 0;
    for (const auto& pair : pairs_) {
        for (const int fd : {pair.rtp, pair.rtcp}) {
            std::array<std::uint32_t, SK_MEMINFO_VARS> info{};
            socklen_t size = sizeof info;
            if (::getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info.data(), &size) == 0)
                sum += info[SK_MEMINFO_DROPS];
        }
    }
    return sum;
}

} // namespace bench
