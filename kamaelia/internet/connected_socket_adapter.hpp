// ConnectedSocketAdapter: a connected socket as a component. What arrives leaves by `outbox`, what comes
// by `inbox`, bytes or regions of files, is sent.
#pragma once

#include "axon/bytes.hpp"
#include "axon/composite.hpp"
#include "kamaelia/file/file_region.hpp"
#include "kamaelia/internet/address.hpp"
#include "kamaelia/internet/socket.hpp"
#include "kamaelia/internet/socket_reader.hpp"
#include "kamaelia/internet/socket_writer.hpp"

namespace kamaelia {

/// A reader and a writer over one socket.
/// The other side's half-close ends `outbox`; the end of `inbox` closes the connection after everything
/// was sent and, so that it arrives, after the other side has closed too, or `linger` after it has
/// acknowledged everything, or when it has taken nothing more for `patience` (where the system does not tell
/// what was acknowledged: `patience` after everything was sent). A connection that dies, or a
/// file that cannot be sent to its end, ends the adapter at once.
class ConnectedSocketAdapter final : public axon::Composite {
public:
    /// What goes through it is counted in `traffic` too, if there is one; that outlives the adapter.
    explicit ConnectedSocketAdapter(Descriptor connected, Traffic* traffic = nullptr);

    axon::Inbox<BytesOrRegion> inbox{*this, "inbox"};
    axon::Outbox<axon::Bytes> outbox{*this, "outbox"};

    /// Gives the descriptor up unclosed; the adapter then ends. What was not sent yet is lost. Only between
    /// the first message and the end of what is to be sent.
    [[nodiscard]] Descriptor release();
    /// What the connection died of; none after an orderly close.
    [[nodiscard]] std::error_code error() const noexcept;
    /// A file could not be sent to its end, and the log has said why.
    [[nodiscard]] bool file_failed() const noexcept;
    /// The other side has said that it sends no more.
    [[nodiscard]] bool heard_end() const noexcept { return heard_end_; }
    /// The other side has taken nothing for `flush_patience`, and the rest was dropped.
    [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }
    /// Both ends; unset once the system does not say any more.
    [[nodiscard]] Address local_address() const noexcept { return Address::of_socket(socket_.get()); }
    [[nodiscard]] Address peer_address() const noexcept { return Address::of_peer(socket_.get()); }
    /// As Socket::limit_backlog(); and in front of that, only one message of what comes by `inbox` waits.
    void limit_backlog(const Backlog& most) noexcept;
    /// When the protocol has ended, what is left to send is dropped at once.
    void drop_unsent() noexcept { patient_ = false; }
    /// Bytes that came, and those that the kernel has taken.
    [[nodiscard]] std::uint64_t received() const noexcept { return socket_.received(); }
    [[nodiscard]] std::uint64_t sent() const noexcept { return socket_.sent(); }

    /// How long the other side may take nothing of what is left to send once the protocol has ended; then
    /// the rest is dropped. A player that is paused is not given up sooner. Where the system does not tell
    /// what was acknowledged, only what the kernel takes counts.
    static constexpr axon::Duration flush_patience = std::chrono::minutes{5};
    /// How long the other side, having got everything, may take to close as well.
    static constexpr axon::Duration linger = std::chrono::seconds{2};
    /// How long the other side may leave what was sent before untaken; the kernel then goes on alone.
    static constexpr axon::Duration patience = std::chrono::seconds{30};

private:
    class Over;
    axon::Task<> main() override;
    axon::Task<bool> flushed();
    axon::Task<> await_delivery();
    axon::Task<> await_close();
    void child_has_ended(axon::Component& child) override;
    void control_arrived(const axon::Signal& news) override;

    Socket socket_;
    SocketReader* reader_ = nullptr;
    SocketWriter* writer_ = nullptr;
    bool heard_end_ = false; ///< the other side sends no more
    bool finishing_ = false; ///< nothing more comes to be sent
    bool over_ = false;      ///< all was sent that will be
    bool gave_up_ = false;
    bool patient_ = true;
};

} // namespace kamaelia
