#include "kamaelia/protocol/http/http_server.hpp"

#include "axon/combine.hpp"
#include "axon/offload.hpp"
#include "kamaelia/chassis/end_reason.hpp"
#include "kamaelia/file/media_index.hpp"
#include "kamaelia/file/positioned_read.hpp"
#include "kamaelia/protocol/http/conditions.hpp"
#include "kamaelia/protocol/http/entity_tag.hpp"
#include "kamaelia/protocol/http/file_answer.hpp"
#include "kamaelia/protocol/http/index_page.hpp"
#include "kamaelia/protocol/http/media_type.hpp"
#include "kamaelia/protocol/http/playlist.hpp"
#include "kamaelia/protocol/http/target.hpp"
#include "kamaelia/util/html.hpp"

#include <algorithm>
#include <expected>
#include <filesystem>
#include <optional>
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
constexpr std::size_t piece = std::size_t{64} * 1024; // bytes
constexpr std::string_view media_prefix = "media";
constexpr std::string_view media_list = "media.m3u";
constexpr std::string_view allowed_methods = "GET, HEAD, OPTIONS";

Status status_of(OpenError error) {
    switch (error) {
    case OpenError::not_found:
    case OpenError::a_folder:
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

// How long the index may take: it answers far sooner, unless the disk hangs.
constexpr axon::Duration index_patience = std::chrono::seconds{20};

constexpr std::string_view playlist_suffix = ".m3u";

std::string_view folder_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return path.substr(0, slash == std::string_view::npos ? 0 : slash);
}

FolderRequest everything_in(std::string_view folder) {
    return {.path = std::string{folder}, .deep = true, .wanted = &http::is_playable};
}

FolderRequest the_file(std::string_view path) {
    return {.path = std::string{folder_of(path)}, .wanted = &http::is_playable, .only = std::string{path}};
}

} // namespace

// What was made for one answer, and its tag: both by offload(), for a folder may be large.
struct HTTPServer::Made {
    explicit Made(std::string content) : text{std::move(content)}, tag{http::content_tag(text)} {}

    std::string text;
    std::string tag;
};

// Made when the first page is asked for: most connections want files.
struct HTTPServer::IndexLink {
    explicit IndexLink(HTTPServer& server) : requests{server, "folders"}, replies{server, "folder"} {}

    // Empty when the index has gone.
    axon::Task<std::optional<FolderReply>> ask(FolderRequest request) {
        co_await requests.send(std::move(request));
        co_return co_await replies.receive();
    }

    axon::Outbox<FolderRequest> requests;
    axon::Inbox<FolderReply> replies;
};

HTTPServer::HTTPServer(const Params& params)
    : Filter{axon::handles_control},
      media_{params.media.path.string()},
      limits_{.target = static_cast<std::size_t>(params.target_limit.bytes),
              .request_timeout = params.request_timeout,
              .idle_timeout = params.idle_timeout,
              .max_age = std::chrono::floor<std::chrono::seconds>(params.max_age)},
      reader_{read_limits(params)} {}

HTTPServer::~HTTPServer() = default;

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
    bool has_begun = false; // once: empty lines before a request begin it again and again
    while (true) {
        hear_control();
        unread_ = unread_.slice(reader_.feed(unread_.view()));
        if (reader_.started() && !std::exchange(has_begun, true)) limit = now() + limits_.request_timeout;
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
    if (segments.empty()) co_return co_await answer_folder(request, {});
    if (segments.size() == 1 && segments[0] == media_list && !target->ends_in_slash)
        co_return co_await answer_playlist(request, {});
    if (segments.front() != media_prefix) co_return co_await answer_error(Status::not_found, with_body);
    auto path = join(segments.subspan(1));
    if (target->ends_in_slash) co_return co_await answer_folder(request, std::move(path));
    if (path.empty()) co_return co_await redirect_to_folder(path, with_body);
    co_await answer_file(request, std::move(path));
}

// The same for the server and for each path, whether something is there or not.
axon::Task<> HTTPServer::answer_options() {
    auto answer = head(Status::no_content);
    answer.allow = allowed_methods;
    answer.preflight = true;
    co_await outbox.send(Bytes{http::format_head(answer)});
}

// What the index says, or why it says nothing.
axon::Task<FolderReply> HTTPServer::ask_index(FolderRequest request) {
    if (!index_) index_ = std::make_unique<IndexLink>(*this);
    if (!index_->requests.linked()) MediaIndex::link(*this, index_->requests, media_);
    request.reply = axon::Sender<FolderReply>{index_->replies};
    auto reply = co_await axon::within(*this, index_patience, index_->ask(std::move(request)));
    const bool answered = reply && *reply;
    // A reply that is late is not for the next question; a complete one leaves nothing to be linked for.
    if (!answered || !**reply || (**reply)->complete()) index_.reset();
    if (!answered) co_return std::unexpected{OpenError::exhausted};
    co_return std::move(**reply);
}

axon::Task<> HTTPServer::answer_folder(const Request& request, std::string path) {
    auto folder = co_await ask_index({.path = path, .wanted = &http::is_playable});
    if (!folder) co_return co_await answer_error(status_of(folder.error()), request.method == Method::get);
    auto page = co_await axon::offload(*this, [path = std::move(path), folder = std::move(*folder)] {
        return Made{http::index_page(path, folder)};
    });
    co_await answer_made(request, std::move(page), "text/html; charset=utf-8");
}

// Of all below a folder, else of one file.
axon::Task<> HTTPServer::answer_playlist(const Request& request, std::string path) {
    auto folder = co_await ask_index(everything_in(path));
    const bool may_be_a_file = !folder && !path.empty() && status_of(folder.error()) == Status::not_found;
    if (may_be_a_file) folder = co_await ask_index(the_file(path));
    const bool found = folder && (!may_be_a_file || !folder->tracks.empty());
    const auto trouble = folder ? Status::not_found : status_of(folder.error());
    if (!found) co_return co_await answer_error(trouble, request.method == Method::get);
    const auto host = request.field("Host").value_or("");
    auto list = co_await axon::offload(
        *this, [base = host.empty() ? std::string{} : "http://" + std::string{host},
                folder = std::move(*folder)] { return Made{http::playlist(folder.tracks, base)}; });
    co_await answer_made(request, std::move(list), "audio/x-mpegurl; charset=utf-8");
}

axon::Task<> HTTPServer::answer_made(const Request& request, Made made, std::string_view type) {
    const http::Validators validators{.tag = made.tag, .has_modified = false, .now = wall_seconds()};
    const bool with_body = request.method == Method::get;
    auto answer = head(Status::ok);
    answer.entity_tag = made.tag;
    answer.cache_control = http::cache_control({});
    switch (http::check_conditions(request, validators)) {
    case http::Condition::failed:
        answer.status = Status::precondition_failed;
        co_return co_await answer_text(std::move(answer), with_body);
    case http::Condition::not_modified:
        answer.status = Status::not_modified;
        co_await outbox.send(Bytes{http::format_head(answer)});
        co_return;
    case http::Condition::holds: break;
    }
    answer.content_type = type;
    answer.content_length = made.text.size();
    co_await outbox.send(Bytes{http::format_head(answer)});
    if (!with_body) co_return;
    // In pieces, so that a slow client is not taken for an idle one: who waits to send is not.
    for (Bytes left{made.text}; !left.empty(); left = left.slice(piece))
        co_await outbox.send(left.slice(0, piece));
}

// A folder's page stands behind a slash, so that what is relative to it is in it.
axon::Task<> HTTPServer::redirect_to_folder(std::string_view path, bool with_body) {
    auto answer = head(Status::moved_permanently);
    answer.location = "/media/" + (path.empty() ? "" : percent_encode_path(path) + '/');
    co_await answer_text(std::move(answer), with_body);
}

// It is no file: a folder, or a playlist that is made up.
axon::Task<> HTTPServer::answer_no_file(const Request& request, std::string path, OpenError error) {
    const bool with_body = request.method == Method::get;
    const bool names_a_list = path.size() > playlist_suffix.size() && path.ends_with(playlist_suffix);
    if (error == OpenError::not_found && names_a_list) {
        path.resize(path.size() - playlist_suffix.size());
        co_return co_await answer_playlist(request, std::move(path));
    }
    if (error == OpenError::a_folder) co_return co_await redirect_to_folder(path, with_body);
    co_await answer_error(status_of(error), with_body);
}

axon::Task<> HTTPServer::answer_file(const Request& request, std::string path) {
    const bool with_body = request.method == Method::get;
    const std::string type{http::media_type(path)};
    auto opened = open_cached(media_, path);
    if (!opened) {
        opened = co_await axon::offload(*this, [media = media_, path] { return open_below(media, path); });
    }
    auto& file = *opened;
    if (!file) co_return co_await answer_no_file(request, std::move(path), file.error());

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
