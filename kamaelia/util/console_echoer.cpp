#include "kamaelia/util/console_echoer.hpp"

#include "axon/offload.hpp"
#include "axon/sleep.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <expected>
#include <string>
#include <system_error>
#include <utility>

namespace kamaelia {
namespace {

axon::Bytes escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool printable = (byte >= 0x20 && byte < 0x7f) || c == '\n' || c == '\t';
        if (printable) {
            out += c;
        } else {
            out.append("\\x").append(1, digits[byte / 16]).append(1, digits[byte % 16]);
        }
    }
    return axon::Bytes{out};
}

// Whether a write of PIPE_BUF bytes would not block.
bool takes_some(int fd) noexcept {
    ::pollfd watched{.fd = fd, .events = POLLOUT, .revents = 0};
    return ::poll(&watched, 1, 0) != 0;
}

// How much of `text` the console took before it would have blocked.
std::expected<std::size_t, std::error_code> write_some(int fd, std::string_view text) {
    std::size_t done = 0;
    while (done < text.size() && takes_some(fd)) {
        const auto put = ::write(fd, text.data() + done, std::min<std::size_t>(text.size() - done, PIPE_BUF));
        if (put > 0) {
            done += static_cast<std::size_t>(put);
        } else if (errno == EAGAIN) { // someone else took the room, on a console that does not block
            break;
        } else if (errno != EINTR) {
            return std::unexpected{std::error_code{errno, std::generic_category()}};
        }
    }
    return done;
}

} // namespace

ConsoleEchoer::ConsoleEchoer(Params params)
    : ConsoleEchoer{params, Descriptor{::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)}} {}

ConsoleEchoer::ConsoleEchoer(Params params, Descriptor console)
    : params_{params}, console_{std::move(console)} {}

axon::Task<> ConsoleEchoer::main() {
    if (!console_.valid()) log(axon::LogLevel::warning, "there is no standard output to write to");
    while (auto message = co_await inbox.receive()) {
        if (console_.valid()) co_await write(params_.escape ? escaped(message->view()) : *message);
        co_await outbox.send(std::move(*message));
    }
}

axon::Task<> ConsoleEchoer::write(axon::Bytes text) {
    while (!text.empty()) {
        // The job owns the descriptor: should the component be gone by then, the job closes it.
        auto [console, done] = co_await axon::offload(*this, [lent = std::move(console_), text]() mutable {
            auto written = write_some(lent.get(), text.view());
            return std::pair{std::move(lent), written};
        });
        console_ = std::move(console);
        if (!done) {
            log(axon::LogLevel::warning, "cannot write to the console: " + done.error().message());
            console_.close();
            co_return;
        }
        text = text.slice(*done);
        if (!text.empty()) co_await sleep_for(pause_when_full);
    }
}

} // namespace kamaelia
