#include "kamaelia/file/media_index.hpp"

#include "axon/cat.hpp"
#include "axon/offload.hpp"
#include "axon/scheduler.hpp"
#include "kamaelia/file/read_media_file.hpp"
#include "kamaelia/util/needed.hpp"

#include <algorithm>
#include <system_error>

namespace kamaelia {
namespace {

constexpr std::size_t files_at_once = 8;
constexpr std::size_t most_known = 10'000; // and as many again; some 300 bytes each besides the path
constexpr std::size_t most_for_later = 20'000;

std::string service_name(const std::string& media) { return "media index of " + media; }
std::string key_name(const std::string& media) { return "known media of " + media; }

// Blocks: for offload().
std::expected<MediaListing, OpenError> list(const std::filesystem::path& media,
                                            const FolderRequest& request) {
    ListLimits limits;
    if (!request.deep) limits.depth = 0;
    try {
        auto listing = MediaRoot{media}.list(request.path, request.wanted, limits);
        if (listing && !request.only.empty()) {
            std::erase_if(listing->entries,
                          [&](const MediaEntry& file) { return file.path != request.only; });
        }
        return listing;
    } catch (const std::system_error& refused) {
        return std::unexpected{open_error(refused)};
    }
}

} // namespace

bool Folder::complete() const {
    return std::ranges::all_of(tracks, [](const Track& track) { return track.info.has_value(); });
}

MediaIndex::MediaIndex(std::filesystem::path media) : media_{std::move(media)}, cache_{most_known} {}

void MediaIndex::link(axon::Component& user, axon::Outbox<FolderRequest>& requests,
                      const std::string& media) {
    auto& cat = user.scheduler().cat();
    const auto service = service_name(media);
    if (!cat.find(service)) {
        auto index = std::make_unique<MediaIndex>(media);
        cat.offer(service, index->requests);
        user.scheduler().start(std::move(index));
    }
    cat.link(service, requests);
}

axon::Task<> MediaIndex::main() {
    auto& keys = scheduler().cat().keys();
    const auto key = key_name(media_.string());
    const auto names = keys.names();
    if (std::ranges::find(names, key) != names.end()) cache_ = co_await keys.take<Known>(*this, key);
    co_await work();
    keys.set(key, std::move(cache_));
}

axon::Task<> MediaIndex::work() {
    while (true) {
        if (asked_.empty() && later_.empty()) co_await Needed{requests};
        if (auto request = requests.try_receive()) co_await begin(std::move(*request));
        if (!requests.first_source()) co_return;
        co_await read_some();
        answer();
    }
}

axon::Task<> MediaIndex::begin(FolderRequest request) {
    auto reply = std::move(request.reply);
    const auto until = now() + patience;
    const bool deep = request.deep;
    auto listing = co_await axon::offload(
        *this, [media = media_, request = std::move(request)] { return list(media, request); });
    if (!listing) {
        (void)reply.try_send(std::unexpected{listing.error()});
        co_return;
    }
    const bool too_deep = deep && !listing->folders.empty();
    if (deep) listing->folders.clear();
    Asked asked{.folder = {.folders = std::move(listing->folders),
                           .tracks = {},
                           .truncated = listing->truncated || too_deep},
                .unknown = {},
                .until = until,
                .reply = std::move(reply)};
    asked.folder.tracks.reserve(listing->entries.size());
    for (auto& file : listing->entries) asked.folder.tracks.push_back({std::move(file), std::nullopt});
    asked.unknown.reserve(asked.folder.tracks.size());
    for (auto i = asked.folder.tracks.size(); i > 0; --i)
        asked.unknown.push_back(static_cast<std::uint32_t>(i - 1));
    fill_in(asked);
    asked_.push_back(std::move(asked));
    answer();
}

void MediaIndex::fill_in(Asked& asked) {
    std::erase_if(asked.unknown, [&](std::uint32_t i) {
        auto& track = asked.folder.tracks[i];
        if (const auto* const info = cache_.find(track.file)) track.info = *info;
        return track.info.has_value();
    });
}

// Of who has asked last first: a small folder does not wait behind a large one.
std::vector<MediaEntry> MediaIndex::next_files() {
    std::vector<MediaEntry> files;
    files.reserve(files_at_once);
    const auto add = [&](const MediaEntry& file) {
        if (!cache_.find(file)) files.push_back(file);
    };
    if (!asked_.empty()) {
        const auto& asked = asked_.back();
        for (auto i = asked.unknown.size(); i > 0 && files.size() < files_at_once; --i)
            add(asked.folder.tracks[asked.unknown[i - 1]].file);
        return files;
    }
    while (!later_.empty() && files.size() < files_at_once) {
        add(later_.front());
        later_.pop_front();
    }
    return files;
}

axon::Task<> MediaIndex::read_some() {
    auto files = next_files();
    if (files.empty()) { // others have asked for the same, and had them read
        if (!asked_.empty()) fill_in(asked_.back());
        co_return;
    }
    auto read = co_await axon::offload(*this, [media = media_, files = std::move(files)]() mutable {
        Read infos;
        infos.reserve(files.size());
        for (auto& file : files) {
            auto info = read_media_file(media, file.path);
            infos.emplace_back(std::move(file), std::move(info));
        }
        return infos;
    });
    for (auto& [file, info] : read)
        if (info) cache_.put(file, std::move(*info));
    if (asked_.empty()) co_return;
    const auto tried = [&](const MediaEntry& file) {
        return std::ranges::any_of(read, [&](const auto& each) { return each.first.path == file.path; });
    };
    // Only the last ones can have become known: looking through all of a large folder each time would not do.
    auto& asked = asked_.back();
    for (std::size_t i = 0; i < files_at_once && !asked.unknown.empty(); ++i) {
        auto& track = asked.folder.tracks[asked.unknown.back()];
        if (const auto* const info = cache_.find(track.file))
            track.info = *info;
        else if (tried(track.file))
            track.info.emplace(); // and another time again
        else
            break;
        asked.unknown.pop_back();
    }
}

void MediaIndex::answer() {
    std::erase_if(asked_, [&](Asked& asked) {
        if (!asked.unknown.empty() && now() < asked.until) return false;
        if (!asked.unknown.empty()) fill_in(asked);
        for (auto i = asked.unknown.size(); i > 0 && later_.size() < most_for_later; --i)
            later_.push_back(asked.folder.tracks[asked.unknown[i - 1]].file);
        (void)asked.reply.try_send(std::move(asked.folder));
        return true;
    });
}

} // namespace kamaelia
