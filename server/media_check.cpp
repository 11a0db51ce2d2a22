#include "server/media_check.hpp"

#include "kamaelia/file/media_root.hpp"
#include "kamaelia/file/read_file_adaptor.hpp"
#include "kamaelia/protocol/http/http_server.hpp"
#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "server/config/each_component.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

namespace server {
namespace {

bool is_below(const std::filesystem::path& path, const std::filesystem::path& directory) {
    const auto relative = path.lexically_normal().lexically_relative(directory.lexically_normal());
    return !relative.empty() && *relative.begin() != "..";
}

class UseFinder {
public:
    explicit UseFinder(const MediaConfig& media) : media_{media} {}

    std::vector<MediaUse> take() { return std::move(found_); }

    void look_at(const axon::Blueprint& blueprint, axon::Where where) {
        if (const auto* http = blueprint.params<kamaelia::HTTPServer::Params>()) {
            add(http->media.path, where);
        } else if (const auto* rtsp = blueprint.params<kamaelia::RTSPServer::Params>()) {
            add(rtsp->media.path, where);
        } else if (const auto* file = blueprint.params<kamaelia::ReadFileAdaptor::Params>()) {
            if (is_below(file->filename.path, media_.directory)) add(media_.directory, where);
        }
    }

private:
    void add(const std::filesystem::path& directory, axon::Where where) {
        MediaUse use{directory, directory == media_.directory ? media_.where.value_or(where) : where};
        if (std::ranges::find(found_, use) == found_.end()) found_.push_back(std::move(use));
    }

    const MediaConfig& media_;
    std::vector<MediaUse> found_;
};

// Why ReadFileAdaptor would fail; empty when it would not.
std::string file_trouble(const kamaelia::ReadFileAdaptor::Params& params) {
    const auto& path = params.filename.path;
    std::error_code trouble;
    const auto status = std::filesystem::status(path, trouble);
    if (trouble) return trouble.message();
    if (std::filesystem::is_directory(status)) return "Is a directory";
    if (!std::filesystem::is_regular_file(status)) return "not a regular file";
    if (::access(path.c_str(), R_OK) != 0) return std::generic_category().message(errno);
    const auto size = std::filesystem::file_size(path, trouble);
    const bool too_large =
        params.readmode == kamaelia::ReadMode::whole && size > kamaelia::ReadFileAdaptor::largest_whole;
    return !trouble && too_large ? "larger than 64 MiB, the most that readmode whole sends" : "";
}

} // namespace

std::vector<MediaUse> media_uses(const Config& config) {
    UseFinder finder{config.media};
    for_each_component(config, [&](const axon::Blueprint& blueprint, axon::Where where) {
        finder.look_at(blueprint, where);
    });
    return finder.take();
}

void check_media(const Config& config, axon::Complaints& complaints) {
    for (const auto& [directory, where] : media_uses(config)) {
        if (const auto trouble = media_trouble(directory))
            complaints.add(where, "cannot serve media from " + directory.string() + ": " + trouble.message());
    }
}

void check_files(const Config& config, axon::Complaints& complaints) {
    for_each_component(config, [&](const axon::Blueprint& blueprint, axon::Where where) {
        const auto* file = blueprint.params<kamaelia::ReadFileAdaptor::Params>();
        if (!file) return;
        const auto& path = file->filename.path;
        if (is_below(path, config.media.directory) && media_trouble(config.media.directory)) return;
        if (const auto trouble = file_trouble(*file); !trouble.empty())
            complaints.add(where, "cannot send " + path.string() + ": " + trouble);
    });
}

std::error_code media_trouble(const std::filesystem::path& directory) {
    try {
        const kamaelia::MediaRoot root{directory};
        return {};
    } catch (const std::system_error& refused) {
        return refused.code();
    }
}

} // namespace server
