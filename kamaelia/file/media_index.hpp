// MediaIndex: what there is to hear below a media directory, with what the files say of themselves.
//
//     axon::Outbox<FolderRequest> requests{*this, "folders"};
//     axon::Inbox<FolderReply> replies{*this, "folder"};
//     MediaIndex::link(*this, requests, media);           // finds the index of that directory, or makes it
//     co_await requests.send({.path = "radio", .reply = axon::Sender<FolderReply>{replies}});
//     auto folder = co_await replies.receive();
#pragma once

#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "axon/time.hpp"
#include "kamaelia/codec/media_info.hpp"
#include "kamaelia/file/media_cache.hpp"
#include "kamaelia/file/media_root.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kamaelia {

struct Track {
    MediaEntry file;
    std::optional<MediaInfo> info; ///< nothing: not read yet
};

struct Folder {
    /// All its files were read.
    [[nodiscard]] bool complete() const;

    std::vector<std::string> folders; ///< their paths
    std::vector<Track> tracks;
    bool truncated = false; ///< there is more
};

using FolderReply = std::expected<Folder, OpenError>;

/// "What is in this folder?"
struct FolderRequest {
    std::string path{};                    ///< relative to the media directory; empty is that itself
    bool deep = false;                     ///< with all that is below, instead of its folders
    bool (*wanted)(std::string_view) = {}; ///< which files, by their names
    std::string only{};                    ///< this one alone, by its path, unless it is empty
    axon::Sender<FolderReply> reply{};
};

/// One for each worker and media directory, offered in the worker's CAT. It reads a file's ends once, and
/// again when size or time have changed, a few files at a time by offload(). Who asks is answered when all is
/// known, and after `patience` in any case: with what is known by then. Reading goes on while somebody is
/// linked. When nobody is any more it ends, and leaves what it knows under a key of the CAT for the next.
class MediaIndex final : public axon::Component {
public:
    /// How long a reply may wait for files to be read.
    static constexpr axon::Duration patience = std::chrono::milliseconds{250};

    explicit MediaIndex(std::filesystem::path media);

    static void link(axon::Component& user, axon::Outbox<FolderRequest>& requests, const std::string& media);

    axon::Inbox<FolderRequest> requests{*this, "requests"};

private:
    /// Somebody who has asked, and those tracks of the folder that are not known.
    struct Asked {
        Folder folder;
        std::vector<std::uint32_t> unknown; ///< the next one last
        axon::Time until;
        axon::Sender<FolderReply> reply;
    };
    using Known = MediaCache<MediaInfo>;
    using Read = std::vector<std::pair<MediaEntry, std::optional<MediaInfo>>>;

    axon::Task<> main() override;
    axon::Task<> work();
    axon::Task<> begin(FolderRequest request);
    axon::Task<> read_some();
    [[nodiscard]] std::vector<MediaEntry> next_files();
    void fill_in(Asked& asked);
    void answer();

    std::filesystem::path media_;
    Known cache_;
    std::vector<Asked> asked_;
    std::deque<MediaEntry> later_; ///< of those who were answered before all was known
};

} // namespace kamaelia
