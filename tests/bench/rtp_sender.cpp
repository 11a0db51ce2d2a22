// What a packet of one RTP stream costs for each of those who hear it.
//
//     rtp_sender udp|tcp|bare RECEIVERS SECONDS
//
// bare is a loop of sendmmsg() and nothing else: less than that it cannot be over UDP.
// 14 packets of 1,140 bytes a second, as of Vorbis at 128 kbit/s, go to as many clients on loopback as
// RECEIVERS says, at their times. Those are on another processor. Counted is the processor time of the thread
// that sends, kernel and all. Prints one line of JSON.
#include "kamaelia/protocol/rtp/rtp_sender.hpp"
#include "axon/cat.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "axon/values.hpp"
#include "kamaelia/internet/connected_socket_adapter.hpp"
#include "kamaelia/protocol/rtp/rtp_ports.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"
#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"
#include "tests/bench/load.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <sched.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::Task;
using kamaelia::Address;
using kamaelia::Datagram;
using kamaelia::Descriptor;
using kamaelia::RTPSender;

constexpr std::uint32_t rate = 1'000;
constexpr std::int64_t duration = 70; // ms
constexpr std::size_t payload_size = 1'128;
constexpr std::size_t packet_size = payload_size + kamaelia::rtp::header_size;
constexpr std::size_t udp_clients = 32; // sockets; many receivers share one
constexpr auto warm_up = 1015ms;        // and half the time between two packets

// Half of the processors, the first or the last ones.
void take_processors(bool first) {
    cpu_set_t all;
    cpu_set_t half;
    CPU_ZERO(&half);
    if (::sched_getaffinity(0, sizeof all, &all) != 0) bench::refuse("sched_getaffinity");
    const int count = CPU_COUNT(&all);
    for (int cpu = 0, seen = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &all)) continue;
        if (count == 1 || (seen++ < count / 2) == first) CPU_SET(cpu, &half);
    }
    if (::sched_setaffinity(0, sizeof half, &half) != 0) bench::refuse("sched_setaffinity");
}

// Has the clients' ends, and reads what comes.
class Clients {
public:
    ~Clients() {
        over_ = true;
        thread_.join();
    }
    void add(int fd) {
        epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
        if (::epoll_ctl(poller_.get(), EPOLL_CTL_ADD, fd, &event) != 0) bench::refuse("epoll_ctl");
    }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    void read() {
        take_processors(false);
        std::array<epoll_event, 256> events;
        std::vector<char> room(65'536);
        while (!over_) {
            const int count = ::epoll_wait(poller_.get(), events.data(), events.size(), 10);
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                for (ssize_t got = 1; got > 0;) {
                    got = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
                    if (got > 0) bytes_ += static_cast<std::uint64_t>(got);
                }
            }
        }
    }

    Descriptor poller_{::epoll_create1(EPOLL_CLOEXEC)};
    std::atomic<std::uint64_t> bytes_ = 0;
    std::atomic<bool> over_ = false;
    std::thread thread_{[this] { read(); }};
};

class Payloads final : public axon::Source<kamaelia::rtp::Payload> {
    Task<> main() override {
        const std::string audio(payload_size, 'x');
        for (std::int64_t time = 0;; time += duration)
            co_await outbox.send(
                {.bytes = Bytes{audio}, .timestamp = time, .duration = duration, .marker = false});
    }
};

double thread_time() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

Address udp_client(Clients& clients) {
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const int room = 8 << 20;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) bench::refuse("bind");
    clients.add(fd);
    return Address::of_socket(fd);
}

void report(double us, std::uint64_t packets, bool lost) {
    std::printf("{\"us_per_packet\": %.3f, \"lost\": %s}\n", us / static_cast<double>(packets),
                lost ? "true" : "false");
    std::fflush(stdout);
}

// The same datagrams at the same times, from memory that is ready.
void send_bare(std::size_t receivers, int seconds, Clients& clients) {
    std::vector<Address> peers(std::min(receivers, udp_clients));
    std::ranges::generate(peers, [&] { return udp_client(clients); });
    const Descriptor socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    std::string header(kamaelia::rtp::header_size, 'h');
    std::string audio(payload_size, 'x');
    std::array<iovec, 2> parts{{{header.data(), header.size()}, {audio.data(), audio.size()}}};
    std::vector<mmsghdr> messages(receivers);
    for (std::size_t i = 0; i < receivers; ++i) {
        auto& peer = peers[i % peers.size()];
        auto& message = messages[i].msg_hdr;
        message.msg_name = const_cast<sockaddr*>(peer.data());
        message.msg_namelen = peer.size();
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
    }
    const auto rounds = static_cast<std::size_t>(seconds * 1'000 / duration);
    double taken = 0;
    auto due = std::chrono::steady_clock::now();
    for (std::size_t round = 0; round < rounds; ++round) {
        std::this_thread::sleep_until(due += std::chrono::milliseconds{duration});
        const auto began = thread_time();
        for (std::size_t sent = 0; sent < receivers;) {
            const auto count = static_cast<unsigned>(std::min<std::size_t>(receivers - sent, 64));
            const int taken_now = ::sendmmsg(socket.get(), messages.data() + sent, count, 0);
            if (taken_now < 0) bench::refuse("sendmmsg");
            sent += static_cast<std::size_t>(taken_now);
        }
        taken += thread_time() - began;
    }
    std::this_thread::sleep_for(20ms);
    report(taken, rounds * receivers, clients.bytes() < rounds * receivers * packet_size);
}

class Stream final : public axon::Component {
public:
    Stream(bool udp, std::size_t receivers, std::chrono::seconds time, Clients& clients)
        : time_{time}, clients_{clients} {
        link(child<Payloads>().outbox, sender_.inbox);
        link(go_, sender_.go);
        for (std::size_t i = 0; i < receivers; ++i) udp ? add_udp(i) : add_tcp();
    }

private:
    void add_udp(std::size_t number) {
        if (number < udp_clients) peers_.push_back(udp_client(clients_));
        sender_.receivers().add(peers_[number % udp_clients]);
    }
    void add_tcp() {
        const int client = bench::connect(Address::of_socket(listener_.get()).port());
        Descriptor accepted{::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
        if (!accepted.valid()) bench::refuse("accept");
        const int on = 1;
        ::setsockopt(accepted.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        clients_.add(client);
        auto& adapter = child<kamaelia::ConnectedSocketAdapter>(std::move(accepted));
        adapter.limit_backlog({.bytes = 15'000, .messages = 16}); // a second, as RTSPServer does
        auto& delivery = child<kamaelia::InterleavedDelivery>(
            kamaelia::rtsp::ChannelPair{0, 1}, clock_, kamaelia::InterleavedDelivery::Limits{.patience = 2s});
        link(delivery.outbox, adapter.inbox);
        sender_.receivers().add(axon::Sender<Datagram>{delivery.rtp});
    }
    static Descriptor listen() {
        Descriptor listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(listener.get(), 1024) != 0)
            bench::refuse("listen");
        return listener;
    }

    Task<> main() override {
        axon::Outbox<Datagram> rtp{*this, "rtp"};
        axon::Outbox<Datagram> rtcp{*this, "rtcp"};
        axon::Outbox<kamaelia::RTCPClient> sessions{*this, "sessions"};
        if (!peers_.empty()) {
            kamaelia::RTPPorts::link(*this, {rtp, rtcp, sessions}, Address::ip("127.0.0.1", 0).value(), 0);
            link(sender_.outbox, rtp);
        }
        co_await go_.send({});
        co_await sleep_for(warm_up);
        const auto packets_before = packets();
        const auto began = thread_time();
        co_await sleep_for(time_);
        const auto taken = thread_time() - began;
        const auto sent = packets() - packets_before;
        co_await sleep_for(20ms); // what is on its way
        const auto all_of_it = packets() * (packet_size + (peers_.empty() ? 4 : 0));
        for (int i = 0; i < 100 && clients_.bytes() < all_of_it; ++i) co_await sleep_for(10ms);
        report(taken, sent, clients_.bytes() < all_of_it);
        std::quick_exit(0);
    }
    std::uint64_t packets() const {
        return std::get<std::uint64_t>(cat().values().read("kamaelia_rtp_packets_total"));
    }

    std::chrono::seconds time_;
    Clients& clients_;
    Descriptor listener_ = listen();
    std::vector<Address> peers_;
    kamaelia::rtp::StreamClock clock_{{.ssrc = 1, .sequence = 1, .timestamp = 1, .rate = rate}};
    RTPSender& sender_ = child<RTPSender>(clock_);
    axon::Outbox<kamaelia::RTPGo> go_{*this, "go"};
};

} // namespace

int main(int argc, char** argv) {
    std::size_t receivers = 0;
    int seconds = 0;
    const std::string_view carrier = argc == 4 ? argv[1] : "";
    if ((carrier != "udp" && carrier != "tcp" && carrier != "bare") || !bench::number(argv[2], receivers) ||
        !bench::number(argv[3], seconds)) {
        std::fputs("usage: rtp_sender udp|tcp|bare RECEIVERS SECONDS\n", stderr);
        return 64;
    }
    Clients clients;
    take_processors(true);
    if (carrier == "bare") {
        send_bare(receivers, seconds, clients);
        return 0;
    }
    axon::System system;
    system.spawn<Stream>(carrier == "udp", receivers, std::chrono::seconds{seconds}, clients);
    system.run();
}
