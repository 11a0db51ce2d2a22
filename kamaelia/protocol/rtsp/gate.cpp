#include "kamaelia/protocol/rtsp/gate.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "kamaelia/chassis/connection_ends.hpp"
#include "kamaelia/chassis/end_reason.hpp"
#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kamaelia::rtsp {

struct Gate::Link {
    explicit Link(axon::Component& protocol)
        : questions{protocol, "questions"}, answers{protocol, "answers"} {}

    // Empty when nobody answers any more.
    axon::Task<std::optional<GateAnswer>> ask(GateQuestion question) {
        co_await questions.send(std::move(question));
        co_return co_await answers.receive();
    }

    axon::Outbox<GateQuestion> questions;
    axon::Inbox<GateAnswer> answers;
};

struct Gate::Changes {
    Changes(axon::Component& protocol, const std::string& users_file)
        : inbox{protocol, "users"}, watch{Gatekeeper::watch(protocol, users_file, inbox)} {}

    axon::Inbox<UsersChange> inbox;
    axon::KeyWatch<UsersChange> watch;
};

Gate::Gate(axon::Component& protocol, std::string users_file)
    : protocol_{protocol}, users_file_{std::move(users_file)} {}

Gate::~Gate() = default;

axon::Task<std::optional<Response>> Gate::refusal(const Request& request) {
    if (request.method == Method::options) co_return std::nullopt;
    auto answer = co_await ask(request);
    nonce_ = std::move(answer.nonce);
    if (answer.status == Status::ok) {
        admission_ = std::move(answer.admission);
        co_return std::nullopt;
    }
    Response response{.status = answer.status};
    if (answer.wrong) response.close = co_await end_after_wrong();
    response.www_authenticate = std::move(answer.challenges);
    co_return response;
}

axon::Inbox<UsersChange>* Gate::changes() noexcept { return changes_ ? &changes_->inbox : nullptr; }

bool Gate::is_barred() {
    while (changes_) {
        const auto change = changes_->inbox.try_receive();
        if (!change) break;
        const bool is_of_us = std::ranges::find(change->users, admission_.user) != change->users.end();
        if (!is_of_us || change->reading <= admission_.reading) continue;
        tell_end_reason(protocol_, EndReason::unauthorized);
        return true;
    }
    return false;
}

axon::Task<GateAnswer> Gate::ask(const Request& request) {
    if (!changes_) changes_ = std::make_unique<Changes>(protocol_, users_file_);
    if (!link_) link_ = std::make_unique<Link>(protocol_);
    if (!link_->questions.linked()) Gatekeeper::link(protocol_, link_->questions, users_file_);
    Request asked{.method = request.method, .method_name = request.method_name, .url = request.url};
    for (const auto& field : request.fields)
        if (iequals(field.name, "Authorization")) asked.fields.push_back(field);
    auto answer = co_await axon::within(
        protocol_, patience,
        link_->ask({std::move(asked), nonce_, axon::Sender<GateAnswer>{link_->answers}}));
    if (answer && *answer) co_return std::move(**answer);
    link_.reset(); // an answer that is late is not for the next question
    co_return GateAnswer{.status = Status::service_unavailable, .nonce = std::move(nonce_)};
}

// True when it was one too many.
axon::Task<bool> Gate::end_after_wrong() {
    const auto ends = ends_of(protocol_);
    const auto peer = ends ? ends->peer.text() : "";
    const std::array fields{axon::LogField{"peer", peer}};
    protocol_.system().log().write(axon::LogLevel::info, protocol_.path(), "wrong user or password", fields);
    co_await axon::SleepWait{protocol_, axon::after(protocol_.scheduler().now(), wrong_pause)};
    if (++wrong_ < most_wrong) co_return false;
    tell_end_reason(protocol_, EndReason::unauthorized);
    co_return true;
}

} // namespace kamaelia::rtsp
