// A Daemon that runs in a thread of its own with real sockets, and the plain blocking clients that speak
// with it. One at a time in a process: it takes the signals.
#pragma once

#include "axon/heartbeat.hpp"
#include "axon/system.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/internet/address.hpp"
#include "kamaelia/util/descriptor.hpp"
#include "server/components.hpp"
#include "server/config/config.hpp"
#include "server/daemon.hpp"
#include "server/listeners.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <future>
#include <mutex>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <thread>
#include <vector>

namespace server::testing {

/// `text` is a configuration; a complaint about it throws.
inline Config config_of(const std::string& text, const std::filesystem::path& media) {
    axon::Registry registry;
    add_components(registry);
    const ConfigSource source{.file = ConfigFile{"f.yaml", text}, .sets = {}, .media = media};
    axon::Complaints complaints;
    auto config = read_config(source, {}, registry, complaints);
    for (const auto& line : complaint_lines(complaints, source)) throw std::runtime_error{line};
    return config;
}

/// What several threads log.
class LockedLog final : public axon::Log {
public:
    /// After they have ended.
    [[nodiscard]] const std::vector<axon::testing::KeptLog::Line>& lines() const { return kept_.lines; }

private:
    void take(axon::LogLevel level, std::string_view path, std::string_view text,
              axon::LogFields fields) noexcept override {
        const std::lock_guard lock{mutex_};
        kept_.write(level, path, text, fields);
    }

    std::mutex mutex_;
    axon::testing::KeptLog kept_;
};

class RunningDaemon {
public:
    explicit RunningDaemon(const Config& config) {
        std::promise<std::string> ready;
        auto listening = ready.get_future();
        thread_ = std::jthread{[this, config, ready = std::move(ready)]() mutable {
            const auto workers = std::max(config.workers, 1U);
            failed_.resize(workers);
            axon::Heartbeats heartbeats{workers};
            axon::System system{{.log = &log_, .workers = workers}};
            Listeners listeners{config, kamaelia::Network::of(system), workers};
            for (unsigned worker = 0; worker < workers; ++worker)
                system.spawn_on<Daemon>(worker, config, listeners, heartbeats, failed_[worker], worker);
            ready.set_value("ready:" + listeners.serves());
            system.run();
        }};
        ready_line_ = listening.get();
    }
    /// Ends at once whoever is still there.
    ~RunningDaemon() {
        if (!thread_.joinable()) return;
        std::raise(SIGTERM);
        std::raise(SIGTERM);
    }
    RunningDaemon(const RunningDaemon&) = delete;
    RunningDaemon& operator=(const RunningDaemon&) = delete;

    /// Waits until it has ended. True when it was as asked.
    bool end() {
        thread_.join();
        return std::ranges::find(failed_, true) == failed_.end();
    }
    [[nodiscard]] const std::string& ready_line() const { return ready_line_; }
    /// Every address of a server, in the order of the ready line.
    [[nodiscard]] std::vector<kamaelia::Address> addresses(const std::string& server) const {
        const std::regex word{" " + server + R"(=(unix:|\w+://([\d.]+):)(\S+))"};
        std::vector<kamaelia::Address> all;
        for (std::sregex_iterator found{ready_line_.begin(), ready_line_.end(), word}, end; found != end;
             ++found) {
            const auto& rest = (*found)[3];
            all.push_back(
                (*found)[1] == "unix:"
                    ? kamaelia::Address::unix_path(rest.str().substr(2)).value()
                    : kamaelia::Address::ip((*found)[2].str(), static_cast<std::uint16_t>(std::stoi(rest)))
                          .value());
        }
        return all;
    }
    /// How many lines of the log contain `text`; after end().
    [[nodiscard]] std::size_t logged(std::string_view text) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(log_.lines(), [&](const auto& line) { return line.text.contains(text); }));
    }

private:
    LockedLog log_;
    std::deque<bool> failed_;
    std::string ready_line_;
    std::jthread thread_;
};

/// Each call waits, but not for ever.
class Client {
public:
    /// A small `receive_buffer` (bytes; 0 leaves the system's) keeps the server from being done early.
    explicit Client(const kamaelia::Address& address, int receive_buffer = 0)
        : socket_{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        const timeval patience{.tv_sec = 20, .tv_usec = 0};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (receive_buffer > 0)
            ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        refused_ = ::connect(socket_.get(), address.data(), address.size()) != 0;
    }

    [[nodiscard]] bool refused() const { return refused_; }
    void say(std::string_view text) {
        EXPECT_EQ(::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL), std::ssize(text));
    }
    /// So many bytes, or fewer when the server closes; nothing more comes then.
    std::string hear(std::size_t count) {
        std::string heard(count, '\0');
        std::size_t size = 0;
        while (size < count) {
            const auto got = ::recv(socket_.get(), heard.data() + size, count - size, 0);
            if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
                ADD_FAILURE() << "nothing comes, nor the end";
            if (got <= 0) break;
            size += static_cast<std::size_t>(got);
        }
        heard.resize(size);
        return heard;
    }
    std::string hear_all() { return hear(std::size_t{16} << 20); }
    std::string hear_head() {
        std::string head;
        while (!head.ends_with("\r\n\r\n")) {
            const auto next = hear(1);
            if (next.empty()) break;
            head += next;
        }
        return head;
    }
    bool hears_back(std::string_view text) {
        say(text);
        return hear(text.size()) == text;
    }

private:
    kamaelia::Descriptor socket_;
    bool refused_ = false;
};

} // namespace server::testing
