#include "server/signals.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <system_error>
#include <unistd.h>

namespace server {
namespace {

constexpr std::array taken{SIGTERM, SIGINT, SIGHUP};

// The write end of a pipe to each, and one more, or 0: no pipe of ours is standard input.
std::array<std::atomic<int>, Signals::most> pipes;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler waits for nobody");

std::mutex mutex; // of what follows, and of who writes to the pipes' array
std::size_t takers = 0;

std::atomic<int>* find(int entry) noexcept {
    const auto found = std::ranges::find_if(pipes, [entry](const auto& pipe) { return pipe == entry; });
    return found == pipes.end() ? nullptr : &*found;
}

extern "C" void pass_on(int number) {
    const auto before = errno;
    const auto byte = static_cast<char>(number);
    for (const auto& pipe : pipes) {
        // A full pipe says what it has to say already.
        if (const int end = pipe; end != 0) (void)!::write(end - 1, &byte, 1);
    }
    errno = before;
}

} // namespace

Signals::Signals() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        throw std::system_error{errno, std::generic_category(), "pipe"};
    }
    read_end_ = kamaelia::Descriptor{ends[0]};
    write_end_ = kamaelia::Descriptor{ends[1]};
    const std::lock_guard lock{mutex};
    auto* const free = find(0);
    if (!free) {
        throw std::system_error{std::make_error_code(std::errc::too_many_files_open), "signals"};
    }
    *free = ends[1] + 1;
    if (takers++ > 0) return;
    for (const auto number : taken) std::signal(number, &pass_on);
    std::signal(SIGPIPE, SIG_IGN);
}

Signals::~Signals() {
    const std::lock_guard lock{mutex};
    if (--takers == 0) {
        for (const auto number : taken) std::signal(number, SIG_DFL);
    }
    *find(write_end_.get() + 1) = 0;
}

axon::Task<> Signals::main() {
    auto watch = co_await kamaelia::watch(*this, read_end_.get());
    while (true) {
        co_await watch.readable(*this);
        char number = 0;
        while (::read(read_end_.get(), &number, 1) == 1) co_await outbox.send(int{number});
    }
}

} // namespace server
