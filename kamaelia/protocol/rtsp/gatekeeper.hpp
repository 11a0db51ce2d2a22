// Gatekeeper: knows who is in a users file, and answers for every connection of a worker whether a request
// may go on. A connection asks it by its Gate.
//
//     axon::Outbox<GateQuestion> questions{*this, "questions"};
//     axon::Inbox<GateAnswer> answers{*this, "answers"};
//     Gatekeeper::link(*this, questions, users_file);     // finds the one of that file, or makes it
//     co_await questions.send({request, nonce, axon::Sender<GateAnswer>{answers}});
//     auto answer = co_await answers.receive();
#pragma once

#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/keys.hpp"
#include "axon/outbox.hpp"
#include "axon/time.hpp"
#include "kamaelia/protocol/rtsp/authorization.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"
#include "kamaelia/protocol/rtsp/status.hpp"
#include "kamaelia/protocol/users_file.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace kamaelia::rtsp {

/// Whom a request was let in for, and by which reading of the file: each has a higher number.
struct Admission {
    std::string user{};
    std::uint64_t reading = 0;
};

struct GateAnswer {
    Status status = Status::ok; ///< or 400, 401, 503
    Admission admission{};      ///< where it is 200
    bool wrong = false;         ///< there were credentials, and they were not right
    Nonce nonce{};              ///< the connection's from now on
    std::vector<std::string> challenges{};
};

/// What a reading of the file has changed.
struct UsersChange {
    std::uint64_t reading = 0;
    std::vector<std::string> users{}; ///< who are no longer there, or with another line
};

/// "May this go on?"
struct GateQuestion {
    Request request; ///< its method, URL and Authorization are enough
    Nonce nonce;     ///< the connection's
    axon::Sender<GateAnswer> reply;
};

/// One for each worker and users file, offered in the worker's CAT. It reads the file when it is first asked,
/// and again when it has changed, which it looks for once in `look_again`, and tells whoever watches. A file
/// with a mistake, or that cannot be read, changes nothing, but for a line in the log; before there was a
/// good one the answer is 503. Passwords that take long are checked by offload(), one after the other:
/// whoever tries many keeps one thread busy at most. Those that were right are not checked again until the
/// file changes. It ends when nobody is linked any more, and leaves what it knows under a key of the CAT for
/// the next.
class Gatekeeper final : public axon::Component {
public:
    static constexpr axon::Duration look_again = std::chrono::seconds{1};
    /// Passwords that may wait to be checked; others are answered with 503.
    static constexpr std::uint32_t most_waiting = 64;

    explicit Gatekeeper(std::string users_file);

    static void link(axon::Component& user, axon::Outbox<GateQuestion>& questions,
                     const std::string& users_file);
    /// Each change from now on.
    [[nodiscard]] static axon::KeyWatch<UsersChange> watch(const axon::Component& user,
                                                           const std::string& users_file,
                                                           axon::Inbox<UsersChange>& changes);

    axon::Inbox<GateQuestion> questions{*this, "questions"};

private:
    class PasswordChecker;
    /// What its successor takes over.
    struct Known {
        std::optional<FileStamp> stamp{};
        std::optional<Users> users{};
        std::string secret{};                    ///< the key of `right`
        std::unordered_set<std::string> right{}; ///< HMACs of users with their passwords
        std::string trouble{};                   ///< what the log was told last
        std::uint64_t reading = 0;               ///< of the file
    };
    /// A question that waits for a password to be checked.
    struct Undecided {
        GateQuestion question;
        PasswordCheck password;
        std::string mark; ///< what `right` remembers of it
        Admission admission;
        bool right = false;
    };

    axon::Task<> main() override;
    axon::Task<> work();
    axon::Task<> take(GateQuestion question);
    axon::Task<> look_at_file();
    void report(const std::vector<UsersError>& mistakes);
    void decide(GateQuestion question);
    void note(Undecided undecided);
    void answer(GateQuestion& question, Decision decision, std::uint32_t count, std::string user);
    static void turn_away(GateQuestion& question);

    std::string path_;
    Known known_;
    std::optional<axon::Time> looked_{};
    axon::Outbox<Undecided> passwords_{*this, "passwords"};
    axon::Inbox<Undecided> checked_{*this, "checked"};
};

} // namespace kamaelia::rtsp
