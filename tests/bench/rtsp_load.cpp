// What loads an RTSP server with players, each of which plays from a place of its own.
//
//     rtsp_load hold PORT PID udp|tcp PLAYERS SECONDS TARGET LENGTH
//     rtsp_load turn PORT PID udp|tcp PLAYERS AT_ONCE TARGET LENGTH
//
// PORT is on 127.0.0.1; PID is the server's, for its processor time and memory; TARGET is a path of LENGTH
// seconds of audio. `hold` has all players play at once, and measures SECONDS of that. `turn` ends each
// player as soon as it hears something, in one of three ways, and has at most AT_ONCE of them. Prints one
// line of JSON.
//
// When a packet came is what the kernel says, so that it does not matter when this program looks, and the
// server does not pay for waking it.
#include "tests/bench/load.hpp"
#include "tests/bench/players_ports.hpp"
#include "tests/bench/rtp_punctuality.hpp"
#include "tests/bench/rtsp_player.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using bench::Clock;
using Step = bench::RtspPlayer::Step;

constexpr auto patience = 60s;        ///< until all of them play
constexpr auto turns_patience = 150s; ///< until all of them have played
constexpr auto warm_up = 1s;
constexpr auto look = 1ms;
constexpr auto first_report = 1200ms; ///< as GStreamer has them
constexpr auto report_period = 5s;
constexpr auto look_period = 20ms;
constexpr std::size_t most_players = 19'000;
constexpr std::size_t dialogues_at_once = 16;
constexpr double least_left = 60; ///< s of the audio behind where somebody begins

struct Options {
    bool turn = false;
    std::uint16_t port = 0;
    pid_t server = 0;
    bool udp = false;
    std::size_t players = 0;
    double seconds = 0;
    std::size_t at_once = 0;
    std::string target;
    double length = 0;
};

struct Packet {
    bench::RtpHead head;
    std::size_t size;
    std::int64_t arrival;
};

struct Player {
    explicit Player(bench::RtspPlayer speaker) : dialogue{std::move(speaker)} {}

    bench::RtspPlayer dialogue;
    int fd = -1;
    Clock::time_point began;
    Clock::time_point asked; ///< for SETUP
    Clock::time_point next_report;
    bench::RtpPunctuality rtp;
    bool begun = false;           ///< `rtp` has
    std::vector<Packet> too_soon; ///< what came before
};

enum class Ending { teardown, close, reset };

// KiB that the process has for itself.
double anonymous_memory(pid_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/smaps_rollup"};
    for (std::string word; file >> word;)
        if (double size = 0; word == "Anonymous:" && file >> size) return size;
    bench::refuse("the server's memory");
}

unsigned long long ull(std::uint64_t value) { return value; }

double milliseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::milli>{duration}.count();
}

class Load {
public:
    explicit Load(const Options& options) : options_{options}, poller_{::epoll_create1(0)} {}

    void run();
    void report();

private:
    void play_all();
    void measure();
    void begin();
    void listen(int milliseconds);
    void listen_until(Clock::time_point end);
    void hear_connection(Player& player);
    void take_step(Player& player, std::int64_t arrival);
    void hear(Player& player, const Packet& packet);
    void send_reports();
    void send_report(Player& player);
    void fail(Player& player);
    void end(Player& player, Ending ending);
    [[nodiscard]] std::size_t index_of(const Player& player) const {
        return static_cast<std::size_t>(&player - players_.data());
    }

    Options options_;
    int poller_;
    bench::PlayersPorts ports_;
    std::vector<Player> players_;
    std::size_t dialogues_ = 0; ///< of players that do not play yet
    std::size_t open_ = 0;
    std::size_t failed_ = 0;
    Clock::time_point next_look_; ///< whose report is due
    std::uint64_t strays_ = 0;    ///< packets of another stream than the player's
    std::uint64_t reports_ = 0;   ///< that the server has sent
    std::uint64_t packets_ = 0;   ///< measured
    std::uint64_t bytes_ = 0;     ///< measured
    std::vector<double> set_up_ms_;
    std::vector<double> dialogue_ms_;
    bool measuring_ = false;
    std::chrono::duration<double> took_{};
    std::chrono::duration<double> server_took_{};
    std::chrono::duration<double> own_took_{};
    double memory_ = 0; ///< KiB
};

void Load::run() {
    const auto memory_before = anonymous_memory(options_.server);
    players_.reserve(options_.players);
    if (options_.turn) return measure();
    play_all();
    listen_until(Clock::now() + warm_up);
    measure();
    memory_ = anonymous_memory(options_.server) - memory_before;
    for (auto& player : players_) end(player, Ending::teardown);
}

void Load::measure() {
    measuring_ = true;
    const auto server_began = bench::processor_time(options_.server);
    const auto own_began = bench::processor_time(::getpid());
    const auto began = Clock::now();
    if (options_.turn)
        play_all();
    else
        listen_until(began + std::chrono::duration_cast<Clock::duration>(
                                 std::chrono::duration<double>{options_.seconds}));
    took_ = Clock::now() - began;
    server_took_ = bench::processor_time(options_.server) - server_began;
    own_took_ = bench::processor_time(::getpid()) - own_began;
    measuring_ = false;
}

void Load::play_all() {
    const auto until = Clock::now() + (options_.turn ? turns_patience : patience);
    while (Clock::now() < until) {
        while (players_.size() < options_.players && dialogues_ < dialogues_at_once &&
               (!options_.turn || open_ < options_.at_once))
            begin();
        if (dialogues_ == 0 && (!options_.turn || open_ == 0)) return;
        listen(1);
    }
    failed_ += options_.players - players_.size();
    for (auto& player : players_)
        if (options_.turn || !player.begun) fail(player);
}

void Load::begin() {
    const auto index = players_.size();
    const auto from =
        (options_.length - least_left) * static_cast<double>(index) / static_cast<double>(options_.players);
    const auto port = ports_.port_of(index);
    const auto udp = "RTP/AVP;unicast;client_port=" + std::to_string(port) + '-' + std::to_string(port + 1);
    auto& player = players_.emplace_back(
        bench::RtspPlayer{"rtsp://127.0.0.1:" + std::to_string(options_.port) + options_.target,
                          options_.udp ? udp : "RTP/AVP/TCP;unicast;interleaved=0-1", from});
    player.began = Clock::now();
    player.fd = bench::connect(options_.port, 0, bench::PlayersPorts::address_of(index));
    bench::ask_for_stamps(player.fd);
    epoll_event event{.events = EPOLLIN, .data = {.u64 = index}};
    if (::epoll_ctl(poller_, EPOLL_CTL_ADD, player.fd, &event) != 0) bench::refuse("epoll_ctl");
    ++dialogues_;
    ++open_;
    take_step(player, 0);
}

void Load::listen_until(Clock::time_point end) {
    while (Clock::now() < end) {
        std::this_thread::sleep_for(look);
        listen(0);
    }
}

void Load::listen(int milliseconds) {
    std::array<epoll_event, 256> events;
    const auto count = ::epoll_wait(poller_, events.data(), static_cast<int>(events.size()), milliseconds);
    for (int i = 0; i < count; ++i) hear_connection(players_[events[static_cast<std::size_t>(i)].data.u64]);
    ports_.drain([this](const bench::PlayersPorts::Heard& heard) {
        if (heard.rtcp)
            ++reports_;
        else if (heard.player < players_.size() && heard.begin.size() >= bench::rtp_head_size)
            hear(players_[heard.player], {bench::rtp_head(heard.begin), heard.size, heard.arrival});
    });
    send_reports();
}

void Load::hear_connection(Player& player) {
    std::array<char, 65536> room;
    alignas(cmsghdr) std::array<char, 64> control;
    iovec place{room.data(), room.size()};
    msghdr message{};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto got = ::recvmsg(player.fd, &message, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return fail(player);
    const auto arrival = bench::stamp_of(message);
    const auto interleaved = [&](std::uint8_t channel, std::string_view packet) {
        if (channel != 0)
            ++reports_;
        else if (packet.size() >= bench::rtp_head_size)
            hear(player, {bench::rtp_head(packet), packet.size(), arrival});
    };
    if (player.dialogue.hear({room.data(), static_cast<std::size_t>(got)}, interleaved))
        take_step(player, arrival);
}

// `arrival` is the last answer's.
void Load::take_step(Player& player, std::int64_t arrival) {
    auto& dialogue = player.dialogue;
    if (dialogue.step() == Step::failed) return fail(player);
    if (dialogue.step() == Step::playing) {
        const auto now = Clock::now();
        --dialogues_;
        dialogue_ms_.push_back(milliseconds(now - player.began));
        set_up_ms_.push_back(milliseconds(now - player.asked));
        player.next_report = now + first_report;
        player.rtp.begin(dialogue.sequence(), dialogue.rtp_time(), dialogue.clock_rate(), arrival);
        player.begun = true;
        for (const auto& packet : std::exchange(player.too_soon, {})) hear(player, packet);
        return;
    }
    if (dialogue.step() == Step::setup) player.asked = Clock::now();
    const auto request = dialogue.request();
    if (::send(player.fd, request.data(), request.size(), MSG_NOSIGNAL) != std::ssize(request)) fail(player);
}

void Load::hear(Player& player, const Packet& packet) {
    if (player.fd < 0) return; // it has ended
    if (!player.begun) return player.too_soon.push_back(packet);
    if (packet.head.ssrc != player.dialogue.ssrc()) {
        ++strays_;
        return;
    }
    player.rtp.hear(packet.head, packet.arrival, measuring_);
    packets_ += measuring_ ? 1 : 0;
    bytes_ += measuring_ ? packet.size : 0;
    if (options_.turn) end(player, static_cast<Ending>(index_of(player) % 3));
}

void Load::send_reports() {
    const auto now = Clock::now();
    if (options_.turn || now < next_look_) return;
    next_look_ = now + look_period;
    for (auto& player : players_) {
        if (player.fd < 0 || !player.begun || now < player.next_report) continue;
        player.next_report += report_period;
        send_report(player);
    }
}

void Load::send_report(Player& player) {
    const auto index = index_of(player);
    auto report = bench::receiver_report(static_cast<std::uint32_t>(index), player.dialogue.ssrc(),
                                         player.rtp.highest());
    if (options_.udp) return ports_.send_rtcp(index, player.dialogue.rtcp_port(), report);
    report.insert(0, {'$', 1, 0, static_cast<char>(report.size())});
    (void)::send(player.fd, report.data(), report.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Load::fail(Player& player) {
    if (player.fd < 0) return;
    ++failed_;
    if (!player.begun) --dialogues_;
    end(player, Ending::close);
}

void Load::end(Player& player, Ending ending) {
    if (player.fd < 0) return;
    if (ending == Ending::teardown) {
        const auto request = player.dialogue.teardown();
        (void)::send(player.fd, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    } else if (ending == Ending::reset) {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(player.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    ::close(std::exchange(player.fd, -1)); // leaves the poller by that
    --open_;
}

void Load::report() {
    std::vector<double> late;
    std::vector<double> first;
    double early = 0;
    std::int64_t lost = 0;
    std::uint64_t disordered = 0;
    std::size_t silent = 0;
    std::size_t unannounced = 0;
    late.reserve(packets_);
    first.reserve(players_.size());
    for (const auto& [dialogue, fd, began, asked, next_report, rtp, begun, too_soon] : players_) {
        lost += rtp.lost();
        disordered += rtp.disordered();
        unannounced += rtp.unannounced() ? 1 : 0;
        if (!begun) continue;
        if (rtp.heard() == 0) {
            ++silent;
            continue;
        }
        first.push_back(static_cast<double>(rtp.first()) / 1e6);
        early = std::max(early, static_cast<double>(rtp.early()) / 1e6);
        rtp.add_late_ms(late);
    }
    const auto server_us = server_took_.count() * 1e6;
    const auto players = static_cast<double>(options_.players);
    const auto print = [](const std::string& name, double value) {
        std::printf("\"%s\": %.3f, ", name.c_str(), value);
    };
    const auto print_spread = [&](const std::string& name, std::vector<double>& values) {
        for (const auto percent : {50U, 99U, 100U})
            print(name + '_' + std::to_string(percent), bench::percentile(values, percent));
    };
    std::putchar('{');
    print("seconds", took_.count());
    print("us_per_player_second", server_us / took_.count() / players);
    print("us_per_player", server_us / players);
    print("us_per_packet", server_us / static_cast<double>(std::max<std::uint64_t>(packets_, 1)));
    print("server_share", server_took_ / took_);
    print("own_share", own_took_ / took_);
    print("packets_per_s", static_cast<double>(packets_) / took_.count());
    print("bits_per_s", static_cast<double>(bytes_) * 8 / took_.count() / players);
    print("memory_kib", memory_ / players);
    print("early_ms", early);
    print_spread("late_ms", late);
    print_spread("first_ms", first);
    print_spread("set_up_ms", set_up_ms_);
    print_spread("dialogue_ms", dialogue_ms_);
    std::printf(
        "\"failed\": %zu, \"silent\": %zu, \"unannounced\": %zu, \"lost\": %lld, \"dropped_here\": %llu, "
        "\"disordered\": %llu, \"strays\": %llu, \"reports\": %llu}\n",
        failed_, silent, unannounced, static_cast<long long>(lost), ull(ports_.dropped()), ull(disordered),
        ull(strays_), ull(reports_));
}

bool parse(int count, char** arguments, Options& options) {
    if (count != 9) return false;
    const std::string_view mode{arguments[1]};
    const std::string_view carrier{arguments[4]};
    options.turn = mode == "turn";
    options.udp = carrier == "udp";
    options.target = arguments[7];
    return (options.turn ? bench::number(arguments[6], options.at_once)
                         : mode == "hold" && bench::number(arguments[6], options.seconds)) &&
           (options.udp || carrier == "tcp") && bench::number(arguments[2], options.port) &&
           bench::number(arguments[3], options.server) && bench::number(arguments[5], options.players) &&
           options.players <= most_players && bench::number(arguments[8], options.length) &&
           options.length > least_left;
}

} // namespace

int main(int count, char** arguments) {
    Options options;
    if (!parse(count, arguments, options)) {
        std::fputs("usage: rtsp_load hold PORT PID udp|tcp PLAYERS SECONDS TARGET LENGTH\n"
                   "       rtsp_load turn PORT PID udp|tcp PLAYERS AT_ONCE TARGET LENGTH\n",
                   stderr);
        return 64;
    }
    try {
        Load load{options};
        load.run();
        load.report();
        return 0;
    } catch (const std::system_error& error) {
        std::fprintf(stderr, "rtsp_load: %s\n", error.what());
        return 71;
    }
}
