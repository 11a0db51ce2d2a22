// A users file on disk: as a parameter names it, and read from there.
//
//     std::optional<UsersFile> users;                                // a member of Params
//     ...
//     if (const auto read = read_users(path, known, wall)) ...      // in offload(); nothing: it is as it was
#pragma once

#include "axon/setting_reader.hpp"
#include "axon/time.hpp"
#include "kamaelia/protocol/users.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia {

/// Beside the configuration file when relative. Equal when they name the same file, wherever that is said.
struct UsersFile {
    std::filesystem::path path{};
    axon::Where where{};

    friend bool operator==(const UsersFile& a, const UsersFile& b) { return a.path == b.path; }
};

/// What tells one state of a file from another.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    axon::WallTime modified{};

    bool operator==(const FileStamp&) const = default;
};

struct UsersRead {
    std::optional<FileStamp> stamp{}; ///< nothing: it could not even be looked at
    std::expected<Users, std::vector<UsersError>> users{};
    bool refused = false; ///< by the system: the file may be fine, or come later
};

/// More than this is no users file.
inline constexpr std::uint64_t largest_users_file = std::uint64_t{16} << 20U;

/// The users of a file, or its mistakes; one of line 0 where it cannot be a users file, or the system refuses
/// it. Nothing when it
/// is as `known` says, and was written so long before `now` that no writing to it can have gone unseen.
/// Blocks on the disk, and on no FIFO or device.
[[nodiscard]] std::optional<UsersRead> read_users(const std::filesystem::path& path,
                                                  const std::optional<FileStamp>& known, axon::WallTime now);

/// One line for people: `FILE:LINE: what is wrong`, or `FILE: what is wrong` of it as a whole.
[[nodiscard]] std::string to_string(const UsersError& error, const std::filesystem::path& path);

} // namespace kamaelia

template <>
struct axon::SettingReader<kamaelia::UsersFile> {
    static std::string type() { return SettingReader<ConfigPath>::type(); }
    static std::string expected() { return SettingReader<ConfigPath>::expected(); }
    static std::optional<kamaelia::UsersFile> read(const Setting& setting, std::string_view subject,
                                                   Complaints& complaints);
    static std::string show(const kamaelia::UsersFile& value) { return value.path.string(); }
    static void settle(kamaelia::UsersFile& value, const ParamContext& context);
};
