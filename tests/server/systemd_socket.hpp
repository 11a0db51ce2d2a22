// A service manager for one test: the socket that NOTIFY_SOCKET names, and what arrives there.
#pragma once

#include "axon/time.hpp"
#include "kamaelia/util/descriptor.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace server::testing {

/// One at a time in a process: it sets the environment, and takes back what it has set.
class SystemdSocket {
public:
    SystemdSocket() : socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)} {
        const auto path = (directory_.path() / "notify").string();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        const void* const any = &address;
        EXPECT_EQ(::bind(socket_.get(), static_cast<const sockaddr*>(any), sizeof address), 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~SystemdSocket() {
        for (const auto* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    }
    SystemdSocket(const SystemdSocket&) = delete;
    SystemdSocket& operator=(const SystemdSocket&) = delete;

    void want_watchdog(std::chrono::microseconds interval, pid_t of = ::getpid()) {
        ::setenv("WATCHDOG_USEC", std::to_string(interval.count()).c_str(), 1);
        ::setenv("WATCHDOG_PID", std::to_string(of).c_str(), 1);
    }
    /// Each message that has come since it was asked last.
    std::vector<std::string> heard() {
        std::vector<std::string> all;
        std::string message(4096, '\0');
        while (true) {
            const auto size = ::recv(socket_.get(), message.data(), message.size(), 0);
            if (size < 0) return all;
            all.push_back(message.substr(0, static_cast<std::size_t>(size)));
        }
    }

private:
    kamaelia::testing::TemporaryDirectory directory_;
    kamaelia::Descriptor socket_;
};

} // namespace server::testing
