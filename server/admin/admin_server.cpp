#include "server/admin/admin_server.hpp"

#include "axon/cat.hpp"
#include "axon/combine.hpp"
#include "axon/group_snapshot.hpp"
#include "axon/offload.hpp"
#include "axon/system.hpp"
#include "axon/take_snapshot.hpp"
#include "axon/values.hpp"
#include "kamaelia/chassis/end_reason.hpp"
#include "kamaelia/protocol/http/response.hpp"
#include "server/admin/metrics_text.hpp"
#include "server/admin/overview_page.hpp"
#include "server/admin/query.hpp"
#include "server/admin/stats_json.hpp"
#include "server/graph_command.hpp"

#include <string>
#include <utility>
#include <variant>

namespace server::admin {
namespace {

using axon::Bytes;
using kamaelia::http::Method;
using kamaelia::http::Request;
using kamaelia::http::Status;
using Reading = kamaelia::http::RequestReader::State;

constexpr std::string_view json_type = "application/json";

Answer plain(Status status, std::string_view allow = {}) {
    return {.status = status,
            .body = std::to_string(std::to_underlying(status)) + " " +
                    std::string{kamaelia::http::reason(status)} + "\n",
            .allow = allow};
}

Answer yes_or_no(bool yes, const char* if_yes, const char* if_no) {
    return {.status = yes ? Status::ok : Status::service_unavailable, .body = yes ? if_yes : if_no};
}

bool is_page(std::string_view name) {
    return name == "metrics" || name == "stats" || name == "healthz" || name == "readyz" || name == "graph";
}

// Empty for a format that there is not.
std::optional<GraphFormat> format_of(const std::vector<std::string>& asked) {
    if (asked.empty() || asked.front() == "json") return GraphFormat::json;
    if (asked.front() == "dot") return GraphFormat::dot;
    if (asked.front() == "mermaid") return GraphFormat::mermaid;
    return std::nullopt;
}

} // namespace

AdminServer::AdminServer(Admin& admin) : Filter{axon::handles_control}, admin_{admin} {}

axon::Task<> AdminServer::main() {
    while (const auto request = co_await next_request()) {
        const auto said = co_await answer(*request);
        keep_alive_ = request->keep_alive && !shut_down_;
        co_await send(said, request->method != Method::head);
        if (!keep_alive_) co_return;
    }
}

// Empty when none comes any more; one that is none has been answered then.
axon::Task<std::optional<Request>> AdminServer::next_request() {
    const auto limit = now() + request_timeout;
    while (true) {
        unread_ = unread_.slice(reader_.feed(unread_.view()));
        switch (reader_.state()) {
        case Reading::need_more:
            if (!co_await more_input(limit)) co_return std::nullopt;
            break;
        case Reading::wants_continue:
        case Reading::complete: co_return reader_.take();
        case Reading::failed:
            keep_alive_ = false;
            kamaelia::tell_end_reason(*this, kamaelia::EndReason::protocol_error);
            co_await send(plain(reader_.error().status), true);
            co_return std::nullopt;
        }
    }
}

// False when none comes any more, or need not be waited for.
axon::Task<bool> AdminServer::more_input(axon::Time limit) {
    while (true) {
        while (has_signal()) shut_down_ = std::holds_alternative<axon::Shutdown>(next_signal()) || shut_down_;
        if (shut_down_ && !reader_.started() && inbox.empty()) co_return false;
        switch (co_await axon::first_of(inbox.receive(), control.receive(), sleep_until(limit))) {
        case 0: {
            auto data = inbox.try_receive();
            if (data) unread_ = std::move(*data);
            co_return data.has_value();
        }
        case 1: break;
        default: kamaelia::tell_end_reason(*this, kamaelia::EndReason::timeout); co_return false;
        }
    }
}

axon::Task<Answer> AdminServer::answer(const Request& request) {
    const auto target = kamaelia::http::parse_target(request.target);
    if (!target) {
        const bool too_long = target.error() == kamaelia::http::TargetError::too_long;
        co_return plain(too_long ? Status::uri_too_long : Status::bad_request);
    }
    const auto& segments = target->segments;
    if (segments.size() > 1 || (!segments.empty() && (target->ends_in_slash || !is_page(segments.front()))))
        co_return plain(Status::not_found);
    if (request.method != Method::get && request.method != Method::head)
        co_return plain(Status::method_not_allowed, "GET, HEAD");
    co_return co_await page(*target);
}

axon::Task<Answer> AdminServer::page(const kamaelia::http::Target& target) {
    const std::string name = target.segments.empty() ? "" : target.segments.front();
    if (name == "healthz") {
        co_return yes_or_no(admin_.healthy(), "ok\n", "a scheduler gives no turns any more\n");
    }
    if (name == "readyz") {
        co_return yes_or_no(!admin_.draining(), "ok\n", "draining: no connection is taken any more\n");
    }
    if (name == "graph") co_return co_await graph(target);
    auto families = co_await values();
    const Condition condition{
        .version = KAMAELIA_VERSION, .healthy = admin_.healthy(), .draining = admin_.draining()};
    if (name == "metrics") {
        co_return Answer{.type = metrics_type,
                         .body = co_await axon::offload(
                             *this, [families = std::move(families)] { return metrics_text(families); })};
    }
    if (name == "stats") {
        co_return Answer{.type = json_type,
                         .body = co_await axon::offload(*this, [condition, families = std::move(families)] {
                             return stats_json(condition, families) + "\n";
                         })};
    }
    auto components = co_await axon::take_snapshot(*this);
    co_return Answer{.type = "text/html; charset=utf-8",
                     .body = co_await axon::offload(*this, [condition, families = std::move(families),
                                                            components = std::move(components)] {
                         return overview_page(condition, families, axon::group_snapshot(components));
                     })};
}

axon::Task<std::vector<axon::ValueFamily>> AdminServer::values() {
    admin_.note(co_await axon::offload(*this, [] { return read_process_status(); }));
    co_return co_await axon::offload(*this, [&values = cat().values()] { return values.snapshot(); });
}

axon::Task<Answer> AdminServer::graph(const kamaelia::http::Target& target) {
    const auto format = format_of(query_values(target.query, "format"));
    if (!format)
        co_return Answer{.status = Status::bad_request, .body = "format: expected json, dot or mermaid\n"};
    auto components = co_await axon::take_snapshot(*this);
    auto expand = query_values(target.query, "expand");
    co_return Answer{.type = *format == GraphFormat::json ? json_type : "text/plain; charset=utf-8",
                     .body = co_await axon::offload(
                         *this, [format, components = std::move(components), expand = std::move(expand)] {
                             return render(axon::group_snapshot(components, expand), *format);
                         })};
}

axon::Task<> AdminServer::send(const Answer& answer, bool with_body) {
    kamaelia::http::ResponseHead head{.status = answer.status};
    head.date = std::chrono::floor<std::chrono::seconds>(system().clock().wall());
    head.content_type = answer.type;
    head.content_length = answer.body.size();
    head.cache_control = "no-store";
    head.allow = answer.allow;
    head.cross_origin = false;
    head.keep_alive = keep_alive_;
    co_await outbox.send(Bytes{kamaelia::http::format_head(head)});
    if (with_body && !answer.body.empty()) co_await outbox.send(Bytes{answer.body});
}

} // namespace server::admin
