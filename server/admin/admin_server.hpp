// AdminServer: the protocol of one connection to the admin listener: HTTP with small answers.
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/snapshot.hpp"
#include "kamaelia/protocol/http/request_reader.hpp"
#include "kamaelia/protocol/http/target.hpp"
#include "server/admin/admin.hpp"
#include "server/admin/answer.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace server::admin {

/// `GET` and `HEAD` of `/metrics`, `/stats`, `/healthz`, `/readyz`, `/graph` and `/`. What is large is taken
/// in slices and rendered in offload(), so that nobody waits for who looks. No page elsewhere may read it.
class AdminServer final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    /// `admin` outlives it.
    explicit AdminServer(Admin& admin);

    /// How long a client may take from one answer to the next request's end.
    static constexpr axon::Duration request_timeout = std::chrono::seconds{75};

private:
    axon::Task<> main() override;
    axon::Task<std::optional<kamaelia::http::Request>> next_request();
    axon::Task<bool> more_input(axon::Time limit);
    axon::Task<Answer> answer(const kamaelia::http::Request& request);
    axon::Task<Answer> page(const kamaelia::http::Target& target);
    axon::Task<std::vector<axon::ValueFamily>> values();
    axon::Task<Answer> graph(const kamaelia::http::Target& target);
    axon::Task<> send(const Answer& answer, bool with_body);

    Admin& admin_;
    kamaelia::http::RequestReader reader_;
    axon::Bytes unread_; ///< what came behind the request that is being answered
    bool keep_alive_ = true;
    bool shut_down_ = false;
};

} // namespace server::admin
