#include "kamaelia/protocol/rtsp/gatekeeper.hpp"

#include "axon/cat.hpp"
#include "axon/combine.hpp"
#include "axon/offload.hpp"
#include "axon/scheduler.hpp"
#include "axon/system.hpp"
#include "kamaelia/util/digest.hpp"
#include "kamaelia/util/needed.hpp"
#include "kamaelia/util/secret_text.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

namespace kamaelia::rtsp {
namespace {

constexpr std::size_t most_remembered = 4096;
constexpr std::size_t most_told = 5;

std::string service_name(const std::string& path) { return "users of " + path; }
std::string key_name(const std::string& path) { return "known users of " + path; }
std::string change_name(const std::string& path) { return "changed users of " + path; }

} // namespace

class Gatekeeper::PasswordChecker final : public axon::Component {
public:
    axon::Inbox<Undecided> inbox{*this, "inbox", {.capacity = most_waiting}};
    axon::Outbox<Undecided> outbox{*this, "outbox"};

private:
    axon::Task<> main() override {
        while (auto undecided = co_await inbox.receive()) {
            undecided->right = co_await axon::offload(
                *this, [password = std::move(undecided->password)] { return password(); });
            co_await outbox.send(std::move(*undecided));
        }
    }
};

Gatekeeper::Gatekeeper(std::string users_file) : path_{std::move(users_file)} {
    auto& checker = child<PasswordChecker>();
    axon::link(passwords_, checker.inbox);
    axon::link(checker.outbox, checked_);
}

void Gatekeeper::link(axon::Component& user, axon::Outbox<GateQuestion>& questions,
                      const std::string& users_file) {
    auto& cat = user.scheduler().cat();
    const auto service = service_name(users_file);
    if (!cat.find(service)) {
        auto keeper = std::make_unique<Gatekeeper>(users_file);
        cat.offer(service, keeper->questions);
        user.scheduler().start(std::move(keeper));
    }
    cat.link(service, questions);
}

axon::KeyWatch<UsersChange> Gatekeeper::watch(const axon::Component& user, const std::string& users_file,
                                              axon::Inbox<UsersChange>& changes) {
    return user.scheduler().cat().keys().watch(change_name(users_file), changes);
}

axon::Task<> Gatekeeper::main() {
    auto& keys = scheduler().cat().keys();
    const auto key = key_name(path_);
    const auto names = keys.names();
    if (std::ranges::find(names, key) != names.end())
        known_ = co_await keys.take<Known>(*this, key);
    else
        known_.secret = secret_text(8);
    co_await work();
    axon::Cat::withdraw(questions); // a password may still be on its way: until then this has not ended
    keys.set(key, std::move(known_));
}

axon::Task<> Gatekeeper::work() {
    while (true) {
        const auto next_look = looked_ ? axon::after(*looked_, look_again) : axon::Time::max();
        switch (co_await axon::first_of(checked_.receive(), Needed{questions}, sleep_until(next_look))) {
        case 0: {
            auto checked = checked_.try_receive();
            if (!checked) throw std::runtime_error{"no password is checked any more"};
            note(*std::move(checked));
            break;
        }
        case 1: {
            auto question = questions.try_receive();
            if (!question) co_return;
            co_await take(*std::move(question));
            break;
        }
        default: co_await look_at_file();
        }
    }
}

axon::Task<> Gatekeeper::take(GateQuestion question) {
    co_await look_at_file();
    if (!known_.users) co_return turn_away(question);
    decide(std::move(question));
}

axon::Task<> Gatekeeper::look_at_file() {
    if (looked_ && now() - *looked_ < look_again) co_return;
    looked_ = now();
    auto read =
        co_await axon::offload(*this, [path = path_, known = known_.stamp, wall = system().clock().wall()] {
            return read_users(path, known, wall);
        });
    if (!read) co_return;
    known_.stamp = read->stamp;
    if (!read->users) co_return report(read->users.error());
    UsersChange change{.reading = ++known_.reading};
    if (known_.users) change.users = known_.users->changed_in(*read->users);
    known_.users = *std::move(read->users);
    known_.right.clear();
    known_.trouble.clear();
    log(axon::LogLevel::info, "has read the users file " + path_);
    if (!change.users.empty()) scheduler().cat().keys().set(change_name(path_), std::move(change));
}

void Gatekeeper::report(const std::vector<UsersError>& mistakes) {
    std::string trouble;
    for (const auto& mistake : mistakes) {
        if (&mistake - mistakes.data() == most_told) break;
        trouble.append(trouble.empty() ? "" : "; ").append(to_string(mistake, path_));
    }
    if (mistakes.size() > most_told)
        trouble += "; and " + std::to_string(mistakes.size() - most_told) + " more";
    if (trouble == std::exchange(known_.trouble, trouble)) return;
    log(axon::LogLevel::warning,
        "cannot use the users file: " + trouble +
            (known_.users ? "; it counts as it was before" : "; nobody is let in until that changes"));
}

void Gatekeeper::decide(GateQuestion question) {
    auto verdict = authorize(*known_.users, question.request, question.nonce, now());
    if (verdict.decision != Decision::undecided)
        return answer(question, verdict.decision, verdict.count, std::move(verdict.user));
    auto mark = hex_hmac(known_.secret, verdict.password->subject());
    if (known_.right.contains(mark))
        return answer(question, Decision::granted, verdict.count, std::move(verdict.user));
    Undecided undecided{std::move(question),
                        *std::move(verdict.password),
                        std::move(mark),
                        {std::move(verdict.user), known_.reading}};
    if (!passwords_.try_send(undecided)) turn_away(undecided.question);
}

void Gatekeeper::note(Undecided undecided) {
    if (undecided.admission.reading != known_.reading) return decide(std::move(undecided.question));
    if (undecided.right) {
        if (known_.right.size() == most_remembered) known_.right.clear();
        known_.right.insert(std::move(undecided.mark));
    }
    answer(undecided.question, undecided.right ? Decision::granted : Decision::wrong,
           undecided.question.nonce.count, std::move(undecided.admission.user));
}

void Gatekeeper::answer(GateQuestion& question, Decision decision, std::uint32_t count, std::string user) {
    GateAnswer answer{.status = status_of(decision),
                      .wrong = decision == Decision::wrong || decision == Decision::malformed,
                      .nonce = std::move(question.nonce)};
    if (decision == Decision::granted) {
        answer.nonce.count = count;
        answer.admission = {std::move(user), known_.reading};
    }
    if (answer.status == Status::unauthorized) {
        const bool is_good = !answer.nonce.text.empty() && now() - answer.nonce.made <= nonce_lifetime;
        if (!is_good || decision == Decision::stale) answer.nonce = {.text = secret_text(4), .made = now()};
        answer.challenges = challenges(*known_.users, answer.nonce.text, decision == Decision::stale);
    }
    (void)question.reply.try_send(std::move(answer));
}

void Gatekeeper::turn_away(GateQuestion& question) {
    (void)question.reply.try_send(
        {.status = Status::service_unavailable, .nonce = std::move(question.nonce)});
}

} // namespace kamaelia::rtsp
