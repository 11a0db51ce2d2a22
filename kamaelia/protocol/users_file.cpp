#include "kamaelia/protocol/users_file.hpp"

#include "kamaelia/file/positioned_read.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace kamaelia {
namespace {

// No file system's clock is coarser.
constexpr axon::Duration coarsest_tick = std::chrono::seconds{2};

UsersRead is_none(std::string what) {
    return {.users = std::unexpected{std::vector{UsersError{0, std::move(what)}}}};
}
UsersRead refused(std::error_code error) {
    auto read = is_none(error.message());
    read.refused = true;
    return read;
}
UsersRead refused(int error) { return refused({error, std::generic_category()}); }

FileStamp stamp_of(const struct stat& status) {
    return {.device = static_cast<std::uint64_t>(status.st_dev),
            .inode = static_cast<std::uint64_t>(status.st_ino),
            .size = static_cast<std::uint64_t>(status.st_size),
            .modified = axon::WallTime{std::chrono::seconds{status.st_mtim.tv_sec} +
                                       std::chrono::nanoseconds{status.st_mtim.tv_nsec}}};
}

} // namespace

std::optional<UsersRead> read_users(const std::filesystem::path& path, const std::optional<FileStamp>& known,
                                    axon::WallTime now) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system's
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!file.valid()) return errno == ENXIO ? is_none("not a regular file") : refused(errno); // a socket
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return refused(errno);
    if (S_ISDIR(status.st_mode)) return is_none("a directory, expected a file");
    if (!S_ISREG(status.st_mode)) return is_none("not a regular file");
    const auto stamp = stamp_of(status);
    if (known == stamp && now - stamp.modified > coarsest_tick) return std::nullopt;
    if (stamp.size > largest_users_file)
        return is_none("larger than 16 MiB, the most that a users file may be");
    const auto text = read_blocking(file.get(), 0, stamp.size);
    if (!text) return refused(text.error());
    return UsersRead{.stamp = stamp, .users = Users::parse(text->view())};
}

std::string to_string(const UsersError& error, const std::filesystem::path& path) {
    const auto line = error.line == 0 ? "" : ":" + std::to_string(error.line);
    return path.string() + line + ": " + error.what;
}

} // namespace kamaelia

std::optional<kamaelia::UsersFile> axon::SettingReader<kamaelia::UsersFile>::read(const Setting& setting,
                                                                                  std::string_view subject,
                                                                                  Complaints& complaints) {
    auto file = read_setting<ConfigPath>(setting, subject, complaints);
    if (!file) return std::nullopt;
    return kamaelia::UsersFile{.path = std::move(file->path), .where = setting.where()};
}

void axon::SettingReader<kamaelia::UsersFile>::settle(kamaelia::UsersFile& value,
                                                      const ParamContext& context) {
    ConfigPath file{std::move(value.path)};
    axon::settle(file, context);
    value.path = std::move(file.path);
}
