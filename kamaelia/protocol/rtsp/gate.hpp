// Gate: what a connection's requests have to pass where its server has a users file.
//
//     rtsp::Gate gate_{*this, users_file};                        // in a protocol
//     if (auto refused = co_await gate_.refusal(request)) ...     // to be sent instead of an answer
#pragma once

#include "axon/component.hpp"
#include "axon/task.hpp"
#include "axon/time.hpp"
#include "kamaelia/protocol/rtsp/authorization.hpp"
#include "kamaelia/protocol/rtsp/gatekeeper.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"
#include "kamaelia/protocol/rtsp/response.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace kamaelia::rtsp {

/// OPTIONS is open, as players expect it; every other request has to bring the credentials of a user. Those
/// that are wrong are answered after a pause, and so many of them end the connection, whatever was right
/// between them. So does a change of the file that its user is not in any more, or with another password.
class Gate {
public:
    static constexpr unsigned most_wrong = 5;
    static constexpr axon::Duration wrong_pause = std::chrono::seconds{1};
    /// How long an answer may wait for a password to be checked; then it is 503.
    static constexpr axon::Duration patience = std::chrono::seconds{30};

    /// Of a connection's protocol, which outlives it.
    Gate(axon::Component& protocol, std::string users_file);
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;
    ~Gate();

    /// What is to be sent instead of an answer, without its CSeq and Date; nothing where the request may go
    /// on. Where it says `close`, the connection has to end with it.
    [[nodiscard]] axon::Task<std::optional<Response>> refusal(const Request& request);

    /// Whom it was open to last; empty before.
    [[nodiscard]] const std::string& user() const noexcept { return admission_.user; }
    /// What is to be waited for while there are no requests, to see then whether the connection is_barred().
    /// Null before the first request.
    [[nodiscard]] axon::Inbox<UsersChange>* changes() noexcept;
    /// Whom it was open to last may no longer come in, or not with the same password: it has to end.
    [[nodiscard]] bool is_barred();

private:
    struct Link;
    struct Changes;

    axon::Task<GateAnswer> ask(const Request& request);
    axon::Task<bool> end_after_wrong();

    axon::Component& protocol_;
    std::string users_file_;
    Nonce nonce_;
    unsigned wrong_ = 0;
    std::unique_ptr<Link> link_;       ///< from the first question on
    std::unique_ptr<Changes> changes_; ///< likewise
    Admission admission_;
};

} // namespace kamaelia::rtsp
