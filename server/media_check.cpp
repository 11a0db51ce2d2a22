#include "server/media_check.hpp"

#include "kamaelia/file/media_root.hpp"
#include "kamaelia/file/read_file_adaptor.hpp"
#include "kamaelia/protocol/http/http_server.hpp"

#include <algorithm>
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

    void look_at(const Composition& composition) {
        std::visit([this](const auto& spec) { look_at_parts(spec.parts); }, composition);
    }
    std::vector<MediaUse> take() { return std::move(found_); }

private:
    void look_at_parts(const std::vector<Part>& parts) {
        for (const auto& part : parts) {
            if (const auto* blueprint = std::get_if<axon::Blueprint>(&part.what))
                look_at_component(*blueprint, part.where);
            else if (const auto* pipeline = std::get_if<PipelineSpec>(&part.what))
                look_at_parts(pipeline->parts);
            else
                look_at_parts(std::get<GraphlineSpec>(part.what).parts);
        }
    }

    void look_at_component(const axon::Blueprint& blueprint, axon::Where where) {
        if (const auto* http = blueprint.params<kamaelia::HTTPServer::Params>()) {
            add(http->media.path, where);
        } else if (const auto* file = blueprint.params<kamaelia::ReadFileAdaptor::Params>()) {
            if (is_below(file->filename.path, media_.directory)) add(media_.directory, where);
        }
    }

    void add(const std::filesystem::path& directory, axon::Where where) {
        MediaUse use{directory, directory == media_.directory ? media_.where.value_or(where) : where};
        if (std::ranges::find(found_, use) == found_.end()) found_.push_back(std::move(use));
    }

    const MediaConfig& media_;
    std::vector<MediaUse> found_;
};

} // namespace

std::vector<MediaUse> media_uses(const Config& config) {
    UseFinder finder{config.media};
    for (const auto& server : config.servers) finder.look_at(server.protocol);
    for (const auto& graph : config.graphs) finder.look_at(graph.graph);
    return finder.take();
}

void check_media(const Config& config, axon::Complaints& complaints) {
    for (const auto& [directory, where] : media_uses(config)) {
        if (const auto trouble = media_trouble(directory))
            complaints.add(where, "cannot serve media from " + directory.string() + ": " + trouble.message());
    }
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
