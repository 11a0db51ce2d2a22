// HTTPServer: the protocol of one HTTP connection: files to players, an index page to people.
//
//     servers:
//       web: { listen: "tcp://0.0.0.0:8000", protocol: [ HTTPServer ] }       # http:// says the same
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/file/file_region.hpp"
#include "kamaelia/file/media_index.hpp"
#include "kamaelia/file/media_root.hpp"
#include "kamaelia/protocol/http/request_reader.hpp"
#include "kamaelia/protocol/http/response.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia {

/// `GET` and `HEAD` of `/media/PATH`, with single ranges and conditions; of `/` and `/media/FOLDER/`, the
/// pages for people, and of `/media.m3u`, `/media/FOLDER.m3u` and `/media/PATH.m3u`, unless there is a file
/// of that name, playlists; `OPTIONS`. Requests come on `inbox`, one after the other and pipelined too,
/// answers leave by `outbox` in the same order, files as regions of them: who has to see their bytes puts
/// ReadRegions behind it. It ends, and with it the connection, when a client wants that, sends what is no
/// request, or is silent for too long.
class HTTPServer final : public axon::Filter<axon::Bytes, BytesOrRegion> {
public:
    struct Params {
        axon::MediaDirectory media{};
        axon::Duration max_age{};
        axon::Duration request_timeout = std::chrono::seconds{30};
        axon::Duration idle_timeout = std::chrono::seconds{75};
        axon::ByteSize target_limit{8000};
        axon::ByteSize header_limit{std::uint64_t{16} * 1024};
        axon::ByteSize body_limit{std::uint64_t{64} * 1024};

        static auto fields() {
            using namespace std::chrono_literals;
            return axon::fields(
                axon::field("media", &Params::media, "the directory whose files are served"),
                axon::field("max_age", &Params::max_age,
                            "how long a copy of a file may be used without asking whether it has changed")
                    .range(0s, 8760h),
                axon::field("request_timeout", &Params::request_timeout,
                            "how long a client may take from the first byte of a request to the last")
                    .range(1s, 1h),
                axon::field("idle_timeout", &Params::idle_timeout,
                            "how long a connection may be idle between two requests")
                    .range(1s, 24h),
                axon::field("target_limit", &Params::target_limit, "the longest path with its query")
                    .range({64}, {1 << 20}),
                axon::field("header_limit", &Params::header_limit,
                            "the longest request line and header together")
                    .range({256}, {1 << 20}),
                axon::field("body_limit", &Params::body_limit,
                            "the longest body of a request; it is read and thrown away")
                    .range({0}, {1 << 30}));
        }
        bool operator==(const Params&) const = default;
    };

    explicit HTTPServer(const Params& params);
    ~HTTPServer() override;

private:
    struct IndexLink;
    struct Made;

    axon::Task<> main() override;
    axon::Task<std::optional<http::Request>> next_request();
    axon::Task<> take_body();
    void hear_control();
    axon::Task<bool> more_input(axon::Time limit);
    axon::Task<> answer(const http::Request& request);
    axon::Task<> answer_options();
    axon::Task<FolderReply> ask_index(FolderRequest request);
    axon::Task<> answer_folder(const http::Request& request, std::string path);
    axon::Task<> answer_playlist(const http::Request& request, std::string path);
    axon::Task<> answer_made(const http::Request& request, Made made, std::string_view type);
    axon::Task<> redirect_to_folder(std::string_view path, bool with_body);
    axon::Task<> answer_no_file(const http::Request& request, std::string path, OpenError error);
    axon::Task<> answer_file(const http::Request& request, std::string path);
    axon::Task<> send_file(std::string head, Descriptor file, std::uint64_t offset, std::uint64_t count);
    axon::Task<> answer_error(http::Status status, bool with_body, std::string_view allow = {});
    axon::Task<> answer_text(http::ResponseHead answer, bool with_body);
    [[nodiscard]] std::chrono::sys_seconds wall_seconds() const;
    [[nodiscard]] http::ResponseHead head(http::Status status) const;

    struct Limits {
        std::size_t target; ///< in bytes
        axon::Duration request_timeout;
        axon::Duration idle_timeout;
        std::chrono::seconds max_age;
    };

    std::string media_; ///< no path: that keeps its parts, too, for each connection
    Limits limits_;
    http::RequestReader reader_;
    FileRegion sending_; ///< the last that was sent, which may still be on its way
    std::unique_ptr<IndexLink> index_;
    axon::Bytes unread_;     ///< what came behind the request that is being answered
    bool keep_alive_ = true; ///< another request may come after this one
    bool draining_ = false;  ///< the server is being stopped
};

} // namespace kamaelia
