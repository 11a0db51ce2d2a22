// Socket: a connected stream socket whose waiting is done by the Selector.
#pragma once

#include "axon/bytes.hpp"
#include "axon/task.hpp"
#include "kamaelia/internet/backlog.hpp"
#include "kamaelia/internet/selector.hpp"
#include "kamaelia/internet/traffic.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <system_error>

namespace kamaelia {

/// Owns the descriptor. Reads and writes never block: they say `would_block` and the caller waits.
class Socket {
public:
    /// What goes through it is counted in `traffic` too, if there is one; that outlives the socket.
    explicit Socket(Descriptor descriptor, Traffic* traffic = nullptr) noexcept
        : descriptor_{std::move(descriptor)}, traffic_{traffic} {}

    /// Registers with the selector; before that nothing waits, and read() finds no room.
    [[nodiscard]] axon::Task<> open(axon::Component& self);

    /// What is there, at most the worker's scratch buffer; empty at the end of the stream. Errors:
    /// operation_would_block, what the connection died of, and not_connected without a selector.
    [[nodiscard]] std::expected<axon::Bytes, std::error_code> read();
    /// Writes what the kernel takes now; says how much. `more`: something else follows at once, and may share
    /// a packet with it.
    [[nodiscard]] std::expected<std::size_t, std::error_code> write(std::string_view data,
                                                                    bool more = false) noexcept;
    /// The same with `count` bytes at `offset` of an open regular file; 0 at its end. Waits for the disk
    /// where they are not in memory, see page_cache.hpp. Errors: the file's, too.
    [[nodiscard]] std::expected<std::size_t, std::error_code> send_file(int file, std::uint64_t offset,
                                                                        std::size_t count) noexcept;

    [[nodiscard]] WatchWait readable(axon::Component& self) noexcept { return watch_.readable(self); }
    [[nodiscard]] WatchWait perhaps_readable(axon::Component& self) noexcept {
        return watch_.perhaps_readable(self);
    }
    [[nodiscard]] WatchWait writable(axon::Component& self) noexcept { return watch_.writable(self); }

    /// Bytes that came.
    [[nodiscard]] std::uint64_t received() const noexcept { return received_; }
    /// Bytes that the kernel has taken.
    [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }
    /// Bytes written that the other side has not acknowledged; empty where the system does not tell.
    [[nodiscard]] std::optional<std::size_t> unacknowledged() const noexcept;
    /// Nothing more is taken, nor is it writable(), while the system has about so much, at least 2 KiB, that
    /// the other side has not acknowledged. Each write() is then a message and leaves in packets of its own.
    void limit_backlog(const Backlog& most) noexcept;
    /// Says to the other side that nothing more comes.
    void finish_writing() noexcept;
    /// Gives the descriptor up unclosed and unwatched.
    [[nodiscard]] Descriptor release() noexcept;
    [[nodiscard]] int get() const noexcept { return descriptor_.get(); }

private:
    /// send_file() where the system has nothing of the kind: at most the worker's scratch buffer.
    [[nodiscard]] std::expected<std::size_t, std::error_code> copy_file(int file, std::uint64_t offset,
                                                                        std::size_t count) noexcept;
    void count_sent(std::uint64_t bytes) noexcept;

    Descriptor descriptor_;
    Watch watch_; ///< after the descriptor: it ends first
    Traffic* traffic_;
    std::uint64_t received_ = 0;
    std::uint64_t sent_ = 0;
    bool apart_ = false; ///< each write() leaves in packets of its own
};

} // namespace kamaelia
