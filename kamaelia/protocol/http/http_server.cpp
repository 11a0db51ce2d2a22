#include "kamaelia/protocol/http/http_server.hpp"

#include "axon/combine.hpp"
#include "axon/offload.hpp"
#include "kamaelia/chassis/end_reason.hpp"
#include "kamaelia/file/positioned_read.hpp"
#include "kamaelia/protocol/http/file_answer.hpp"
#include "kamaelia/protocol/http/index_page.hpp"
#include "kamaelia/protocol/http/media_type.hpp"
#include "kamaelia/protocol/http/target.hpp"

#include <algorithm>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace kamaelia {

using axon::Bytes;
using http::Method;
using http::Request;
using http::Status;
using Reading = http::RequestReader::State;

namespace {

// Up to here, in bytes, it costs less to copy a file and send it with its head than to have the kernel send
// it.
constexpr std::size_t small_file = std::size_t{16} * 1024;
constexpr std::string_view media_prefix = "media";
constexpr std::string_view allowed_methods = "GET, HEAD, OPTIONS";

Status status_of(OpenError error) {
    switch (error) {
    case OpenError::not_found:
    case OpenError::not_a_file: return Status::not_found;
    case OpenError::forbidden: return Status::forbidden;
    case OpenError::exhausted: return Status::service_unavailable;
    case OpenError::failed: break;
    }
    return Status::internal_server_error;
}

bool is_answered(const Request& request) {
    return request.method == Method::get || request.method == Method::head ||
           request.method == Method::options;
}

// What a request line holds besides the target.
constexpr std::size_t longest_method_and_version = sizeof "OPTIONS  HTTP/1.1";

http::ReadLimits read_limits(const HTTPServer::Params& params) {
    return {.request_line = static_cast<std::size_t>(params.target_limit.bytes) + longest_method_and_version,
            .head = static_cast<std::size_t>(params.header_limit.bytes),
            .body = params.body_limit.bytes};
}

// An answer in one piece, if what is to be read is in memory.
std::optional<Bytes> with_content(std::string_view head, int file, std::uint64_t offset, std::size_t count) {
    bool filled = true;
    auto whole = Bytes::build(head.size() + count, [&](std::span<char> room) {
        std::ranges::copy(head, room.begin());
        filled = read_cached(file, offset, room.subspan(head.size()));
        return room.size();
    });
    if (!filled) return std::nullopt;
    return whole;
}

// Blocks: for offload(). A media directory that is not there is the operator's trouble, not the client's.
std::expected<OpenFile, OpenError> open_below(const std::filesystem::path& media, std::string_view path) {
    try {
        return MediaRoot{media}.open(path);
    } catch (const std::system_error&) {
        return std::unexpected{OpenError::failed};
    }
}

std::expected<std::string, OpenError> list_below(const std::filesystem::path& media) {
    try {
        return http::index_page(MediaRoot{media}.list(&http::is_playable));
    } catch (const std::system_error&) {
        return std::unexpected{OpenError::failed};
    }
}

} // namespace

HTTPServer::HTTPServer(const Params& params)
    : Filter{axon::handles_control},
      media_{params.media.path.string()},
      limits_{.target = static_cast<std::size_t>(params.target_limit.bytes),
              .request_timeout = params.request_timeout,
              .idle_timeout = params.idle_timeout,
              .max_age = std::chrono::floor<std::chrono::seconds>(params.max_age)},
      reader_{read_limits(params)} {}

axon::Task<> HTTPServer::main() {
    while (const auto request = co_await next_request()) {
        keep_alive_ = request->keep_alive && !draining_; // the answer says so
        if (!sending_.shared()) sending_ = {};
        co_await answer(*request);
        if (!keep_alive_ || draining_) co_return;
    }
}

// Empty when no request comes any more; one that was cut off or is none has been answered then.
axon::Task<std::optional<Request>> HTTPServer::next_request() {
    auto limit = now() + limits_.idle_timeout;
    while (true) {
        hear_control();
        const bool was_idle = !reader_.started();
        unread_ = unread_.slice(reader_.feed(unread_.view()));
        if (was_idle && reader_.started()) limit = now() + limits_.request_timeout;
        switch (reader_.state()) {
        case Reading::need_more:
            if (!co_await more_input(limit)) co_return std::nullopt;
            break;
        case Reading::wants_continue:
            if (!is_answered(reader_.request())) co_return reader_.take();
            co_await take_body();
            break;
        case Reading::complete: co_return reader_.take();
        case Reading::failed:
            keep_alive_ = false;
            tell_end_reason(*this, EndReason::protocol_error);
            co_await answer_error(reader_.error().status, true);
            co_return std::nullopt;
        }
    }
}

// It is thrown away, but the connection can go on behind it.
axon::Task<> HTTPServer::take_body() {
    reader_.proceed();
    if (reader_.state() != Reading::failed)
        co_await outbox.send(Bytes{std::string_view{"HTTP/1.1 100 Continue\r\n\r\n"}});
}

void HTTPServer::hear_control() {
    while (has_signal()) draining_ = std::holds_alternative<axon::Shutdown>(next_signal()) || draining_;
}

// Waits for bytes. False when there are none to wait for: a Shutdown ends what is between two requests.
axon::Task<bool> HTTPServer::more_input(axon::Time limit) {
    while (!draining_ || reader_.started() || !inbox.empty()) {
        switch (co_await axon::first_of(inbox.receive(), control.receive(), sleep_until(limit))) {
        case 0: {
            auto data = inbox.try_receive();
            if (data) unread_ = std::move(*data);
            co_return data.has_value();
        }
        case 1: hear_control(); break;
        default:
            if (!reader_.started() && sending_.shared()) { // the last answer is still on its way
                limit = now() + limits_.idle_timeout;
                break;
            }
            keep_alive_ = false;
            tell_end_reason(*this, EndReason::timeout);
            if (reader_.started()) co_await answer_error(Status::request_timeout, true);
            co_return false;
        }
    }
    co_return false;
}

axon::Task<> HTTPServer::answer(const Request& request) {
    const bool with_body = request.method != Method::head;
    if (request.method == Method::options && request.target == "*") co_return co_await answer_options();
    if (!is_answered(request))
        co_return co_await answer_error(Status::method_not_allowed, true, allowed_methods);
    const auto target = http::parse_target(request.target, limits_.target);
    if (!target) {
        const bool too_long = target.error() == http::TargetError::too_long;
        co_return co_await answer_error(too_long ? Status::uri_too_long : Status::bad_request, with_body);
    }
    if (request.method == Method::options) co_return co_await answer_options();
    const std::span segments{target->segments};
    if (segments.empty()) co_return co_await answer_index(request);
    if (segments.size() < 2 || segments.front() != media_prefix || target->ends_in_slash) {
        co_return co_await answer_error(Status::not_found, with_body);
    }
    co_await answer_file(request, http::join(segments.subspan(1)));
}

// The same for the server and for each path, whether something is there or not.
axon::Task<> HTTPServer::answer_options() {
    auto answer = head(Status::no_content);
    answer.allow = allowed_methods;
    answer.preflight = true;
    co_await outbox.send(Bytes{http::format_head(answer)});
}

axon::Task<> HTTPServer::answer_index(const Request& request) {
    const auto page = co_await axon::offload(*this, [media = media_] { return list_below(media); });
    if (!page) co_return co_await answer_error(status_of(page.error()), request.method == Method::get);
    auto answer = head(Status::ok);
    answer.content_type = "text/html; charset=utf-8";
    answer.content_length = page->size();
    co_await outbox.send(Bytes{http::format_head(answer)});
    if (request.method == Method::get) co_await outbox.send(Bytes{*page});
}

axon::Task<> HTTPServer::answer_file(const Request& request, std::string path) {
    const bool with_body = request.method == Method::get;
    const std::string type{http::media_type(path)};
    auto opened = open_cached(media_, path);
    if (!opened) {
        opened = co_await axon::offload(
            *this, [media = media_, path = std::move(path)] { return open_below(media, path); });
    }
    auto& file = *opened;
    if (!file) co_return co_await answer_error(status_of(file.error()), with_body);

    auto answer = http::answer_file(
        request, {.version = {.size = file->size, .modified = file->modified, .inode = file->inode},
                  .type = type,
                  .max_age = limits_.max_age,
                  .now = wall_seconds()});
    answer.head.keep_alive = keep_alive_;
    if (answer.refused()) co_return co_await answer_text(std::move(answer.head), with_body);
    if (!with_body) answer.count = 0;
    co_await send_file(http::format_head(answer.head), std::move(file->descriptor), answer.offset,
                       answer.count);
}

axon::Task<> HTTPServer::send_file(std::string head, Descriptor file, std::uint64_t offset,
                                   std::uint64_t count) {
    if (count <= small_file) {
        if (auto whole = with_content(head, file.get(), offset, static_cast<std::size_t>(count)))
            co_return co_await outbox.send(std::move(*whole));
    }
    co_await outbox.send(Bytes{head});
    sending_ = FileRegion{std::move(file), offset, count};
    co_await outbox.send(sending_);
}

axon::Task<> HTTPServer::answer_error(Status status, bool with_body, std::string_view allow) {
    auto answer = head(status);
    answer.allow = allow;
    co_await answer_text(std::move(answer), with_body);
}

// With the status in words as the body.
axon::Task<> HTTPServer::answer_text(http::ResponseHead answer, bool with_body) {
    const auto text = std::to_string(std::to_underlying(answer.status)) + " " +
                      std::string{http::reason(answer.status)} + "\n";
    answer.content_type = "text/plain; charset=utf-8";
    answer.content_length = text.size();
    co_await outbox.send(Bytes{http::format_head(answer)});
    if (with_body) co_await outbox.send(Bytes{text});
}

std::chrono::sys_seconds HTTPServer::wall_seconds() const {
    return std::chrono::floor<std::chrono::seconds>(system().clock().wall());
}

http::ResponseHead HTTPServer::head(Status status) const {
    http::ResponseHead head{.status = status};
    head.date = wall_seconds();
    head.keep_alive = keep_alive_;
    return head;
}

} // namespace kamaelia
