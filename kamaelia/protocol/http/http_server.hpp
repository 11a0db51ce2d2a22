// HTTPServer: the protocol of one HTTP connection: files to players, an index page to people.
//
//     servers:
//       web: { listen: "tcp://0.0.0.0:8000", protocol: [ HTTPServer ] }       # http:// says the same
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/file/file_region.hpp"
#include "kamaelia/file/media_root.hpp"
#include "kamaelia/protocol/http/request_reader.hpp"
#include "kamaelia/protocol/http/response.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia {

/// `GET` and `HEAD` of `/media/PATH`, with single ranges and conditions, and of `/`, the index; `OPTIONS`.
/// Requests come on `inbox`, one after the other and pipelined too, answers leave by `outbox` in the same
/// order, files as regions of them: who has to see their bytes puts ReadRegions behind it. It ends, and with
/// it the connection, when a client wants that, sends what is no request, or is silent for too long.
class HTTPServer final : public axon::Filter<axon::Bytes, BytesOrRegion> {
public:
    struct Params {
        axon::MediaDirectory media;

        static auto fields() {
            return axon::fields(axon::field("media", &Params::media, "the directory whose files are served"));
        }
        bool operator==(const Params&) const = default;
    };

    explicit HTTPServer(const Params& params);

    /// How long a client may take from the first byte of a request to the last.
    static constexpr axon::Duration request_timeout = std::chrono::seconds{30};
    /// How long a connection may be idle between requests.
    static constexpr axon::Duration idle_timeout = std::chrono::seconds{75};

private:
    axon::Task<> main() override;
    axon::Task<std::optional<http::Request>> next_request();
    void hear_control();
    axon::Task<bool> more_input(axon::Time limit);
    axon::Task<> answer(const http::Request& request);
    axon::Task<> answer_options();
    axon::Task<> answer_index(const http::Request& request);
    axon::Task<> answer_file(const http::Request& request, std::string path);
    axon::Task<> send_file(OpenFile file, std::uint64_t offset, std::uint64_t count);
    axon::Task<> answer_error(http::Status status, bool with_body, std::string_view allow = {});
    axon::Task<> answer_text(http::ResponseHead answer, bool with_body);
    [[nodiscard]] std::chrono::sys_seconds wall_seconds() const;
    [[nodiscard]] http::ResponseHead head(http::Status status) const;

    std::string media_; ///< no path: that keeps its parts, too, for each connection
    http::RequestReader reader_;
    axon::Bytes unread_;     ///< what came behind the request that is being answered
    bool keep_alive_ = true; ///< another request may come after this one
    bool draining_ = false;  ///< the server is being stopped
};

} // namespace kamaelia
