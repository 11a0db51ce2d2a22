#include "kamaelia/file/media_root.hpp"

#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

using namespace std::string_view_literals;
using kamaelia::Descriptor;
using kamaelia::MediaEntry;
using kamaelia::MediaListing;
using kamaelia::MediaRoot;
using kamaelia::OpenError;
using kamaelia::testing::TemporaryDirectory;

bool is_ogg(std::string_view name) { return name.ends_with(".ogg"); }
bool any(std::string_view) { return true; }

class MediaRootTest : public testing::Test {
protected:
    OpenError error(std::string_view path) const {
        const auto file = root.open(path);
        EXPECT_FALSE(file.has_value()) << path;
        return file ? OpenError{99} : file.error();
    }

    TemporaryDirectory outside;
    std::filesystem::path inside = outside.write("root/first.ogg", "first").parent_path();
    MediaRoot root{inside};
};

TEST_F(MediaRootTest, OpensRegularFilesWithTheirSizeAndTime) {
    const auto path = outside.write("root/a/b.ogg", "content");
    const struct timespec times[2] = {{.tv_sec = 1, .tv_nsec = 0},
                                      {.tv_sec = 784111777, .tv_nsec = 999'999'999}};
    ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    const auto file = root.open("a/b.ogg");
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->size, 7U);
    EXPECT_EQ(file->modified.time_since_epoch().count(), 784'111'777'999'999'999);
    char content[8]{};
    EXPECT_EQ(::read(file->descriptor.get(), content, sizeof content), 7);
    EXPECT_STREQ(content, "content");
}

TEST_F(MediaRootTest, OpensEmptyAndOddlyNamedFiles) {
    outside.write("root/empty", "");
    EXPECT_EQ(root.open("empty")->size, 0U);
    for (const std::string name : {"a b.ogg", "caf\xC3\xA9", "\xE9", "...", "..a", "-", "a\nb"}) {
        outside.write("root/" + name, "x");
        EXPECT_TRUE(root.open(name).has_value()) << name;
    }
}

TEST_F(MediaRootTest, FindsNothingByAPathThatIsNotPlain) {
    outside.write("root/a/b.ogg", "");
    for (const std::string_view path :
         {""sv, "."sv, ".."sv, "/"sv, "a/"sv, "/first.ogg"sv, "./first.ogg"sv, "a//b.ogg"sv,
          "a/../first.ogg"sv, "a/./b.ogg"sv, "first.ogg/"sv, "first.ogg\0.txt"sv, "../root/first.ogg"sv})
        EXPECT_EQ(error(path), OpenError::not_found) << path;
}

TEST_F(MediaRootTest, FindsNothingWhereNothingIs) {
    EXPECT_EQ(error("missing"), OpenError::not_found);
    EXPECT_EQ(error("missing/a"), OpenError::not_found);
    EXPECT_EQ(error("first.ogg/a"), OpenError::not_found);
    EXPECT_EQ(error(std::string(300, 'a')), OpenError::not_found);
    EXPECT_EQ(error(std::string(10'000, 'a')), OpenError::not_found);
}

TEST_F(MediaRootTest, RefusesWithoutWaitingWhatIsNotAFile) {
    std::filesystem::create_directory(inside / "directory");
    ASSERT_EQ(::mkfifo((inside / "fifo").c_str(), 0600), 0);
    const Descriptor listener{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (inside / "socket").c_str(), sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(error("directory"), OpenError::a_folder);
    EXPECT_EQ(error("fifo"), OpenError::not_a_file);
    EXPECT_EQ(error("socket"), OpenError::not_a_file);
}

// What is in memory after this, the portable build does not know.
TEST_F(MediaRootTest, OpensFromMemoryWhatItOpens) {
    outside.write("root/a/b.ogg", "content");
    outside.write("secret", "secret");
    std::filesystem::create_symlink("../secret", inside / "out");
    ASSERT_EQ(::mkfifo((inside / "fifo").c_str(), 0600), 0);
    for (const std::string_view path : {"a/b.ogg", "a", "fifo", "out", "missing", "../secret", ""}) {
        const auto opened = root.open(path);
        const auto cached = kamaelia::open_cached(inside.string(), path);
        if (!cached) continue;
        ASSERT_EQ(cached->has_value(), opened.has_value()) << path;
        if (opened) {
            EXPECT_EQ((*cached)->inode, opened->inode);
            EXPECT_EQ((*cached)->size, opened->size);
        } else {
            EXPECT_EQ(cached->error(), opened.error()) << path;
        }
    }
    EXPECT_FALSE(kamaelia::open_cached((inside / "nowhere").string(), "a")) << "let who may wait say why";
}

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)
TEST_F(MediaRootTest, AsksTheDiskForNothingThatWasJustOpened) {
    (void)root.open("first.ogg");
    const auto cached = kamaelia::open_cached(inside.string(), "first.ogg");
    if (!cached) GTEST_SKIP() << "this kernel, or this file system, cannot tell";
    EXPECT_EQ((*cached)->size, 5U);
}
#endif

TEST_F(MediaRootTest, ForbidsLinksThatLeadOut) {
    outside.write("secret", "secret");
    std::filesystem::create_symlink("../secret", inside / "relative");
    std::filesystem::create_symlink(outside.path() / "secret", inside / "absolute");
    std::filesystem::create_symlink("/dev/null", inside / "device");
    for (const std::string_view path : {"relative", "absolute", "device"})
        EXPECT_EQ(error(path), OpenError::forbidden) << path;
}

TEST_F(MediaRootTest, ForbidsWhatMayNotBeRead) {
    ASSERT_EQ(::chmod(outside.write("root/private", "").c_str(), 0), 0);
    const bool privileged = ::geteuid() == 0; // nothing is forbidden to root
    if (privileged) ASSERT_EQ(::seteuid(65534), 0);
    const auto file = root.open("private");
    if (privileged) ASSERT_EQ(::seteuid(0), 0);
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error(), OpenError::forbidden);
}

TEST_F(MediaRootTest, SaysWhenDescriptorsHaveRunOut) {
    const MediaRoot& media = root; // while there is none left, UBSan cannot look at *this
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    const rlimit none{.rlim_cur = 0, .rlim_max = limit.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    const auto file = media.open("first.ogg");
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error(), OpenError::exhausted);
}

TEST_F(MediaRootTest, StaysTheDirectoryThatItWas) {
    std::filesystem::rename(inside, outside.path() / "moved");
    outside.write("root/second.ogg", "second");
    EXPECT_TRUE(root.open("first.ogg").has_value());
    EXPECT_EQ(error("second.ogg"), OpenError::not_found);
}

TEST_F(MediaRootTest, NamesTheDirectoryThatCannotBeOpened) {
    for (const auto& path : {inside / "missing", inside / "first.ogg"}) {
        try {
            const MediaRoot none{path};
            ADD_FAILURE() << path;
        } catch (const std::system_error& e) {
            EXPECT_NE(std::string_view{e.what()}.find(path.string()), std::string_view::npos) << e.what();
        }
    }
}

// Their sizes by path.
std::vector<std::pair<std::string, std::uint64_t>> files(const MediaListing& listing) {
    std::vector<std::pair<std::string, std::uint64_t>> all;
    all.reserve(listing.entries.size());
    for (const auto& entry : listing.entries) all.emplace_back(entry.path, entry.size);
    return all;
}

using Files = std::vector<std::pair<std::string, std::uint64_t>>;

TEST_F(MediaRootTest, ListsTheWantedFilesSorted) {
    outside.write("root/b/c.ogg", "123");
    outside.write("root/b/cover.jpg", "");
    outside.write("root/a/z/y.ogg", "1");
    outside.write("root/B.ogg", "");
    const auto listing = root.list("", is_ogg).value();
    EXPECT_EQ(files(listing), (Files{{"B.ogg", 0}, {"a/z/y.ogg", 1}, {"b/c.ogg", 3}, {"first.ogg", 5}}));
    EXPECT_FALSE(listing.truncated);
    EXPECT_EQ(listing.entries[2].modified, root.open("b/c.ogg")->modified);
}

TEST_F(MediaRootTest, ListsOneFolderAndTheFoldersInIt) {
    outside.write("root/b/c.ogg", "123");
    outside.write("root/b/e/f.ogg", "");
    outside.write("root/b/d/g.ogg", "");
    auto listing = root.list("b", is_ogg, {.depth = 0}).value();
    EXPECT_EQ(files(listing), (Files{{"b/c.ogg", 3}}));
    EXPECT_EQ(listing.folders, (std::vector<std::string>{"b/d", "b/e"}));
    EXPECT_FALSE(listing.truncated);
    EXPECT_EQ(files(root.list("b/e", is_ogg).value()), (Files{{"b/e/f.ogg", 0}}));
    listing = root.list("b", is_ogg, {.files = 1, .depth = 0}).value();
    EXPECT_EQ(listing.folders.size(), 1U);
    EXPECT_TRUE(listing.truncated);
}

TEST_F(MediaRootTest, ListsNoFolderThatIsNotThere) {
    outside.write("secret/a.ogg", "");
    std::filesystem::create_symlink("../secret", inside / "out");
    for (const auto* folder : {"none", "first.ogg", "..", "../secret", "b/", "/", "."})
        EXPECT_EQ(root.list(folder, any).error(), OpenError::not_found) << folder;
    EXPECT_EQ(root.list("out", any).error(), OpenError::forbidden);
}

TEST_F(MediaRootTest, ListsNothingThatIsHiddenOrCannotBeAsked) {
    for (const std::string name : {".hidden", ".git/config", "a\nb", "a\x7F", "a\\b", "x\\y/a"})
        outside.write("root/" + name, "");
    ASSERT_EQ(::mkfifo((inside / "fifo").c_str(), 0600), 0);
    EXPECT_EQ(files(root.list("", any).value()), (Files{{"first.ogg", 5}}));
    EXPECT_TRUE(root.list("", any, {.depth = 0})->folders.empty());
}

TEST_F(MediaRootTest, ListsLinksAsTheyOpen) {
    outside.write("secret", "secret");
    std::filesystem::create_symlink("../secret", inside / "out");
    std::filesystem::create_symlink("nowhere", inside / "dangling");
    std::filesystem::create_symlink(".", inside / "round");
    std::filesystem::create_symlink("first.ogg", inside / "link");
    Files expected{{"first.ogg", 5}};
    if (root.open("link")) expected.emplace_back("link", 5);
    EXPECT_EQ(files(root.list("", any).value()), expected);
}

TEST_F(MediaRootTest, ListsNoMoreThanItsLimits) {
    outside.write("root/1/2/deep.ogg", "");
    outside.write("root/1/a.ogg", "");

    auto listing = root.list("", is_ogg, {.depth = 1}).value();
    EXPECT_EQ(files(listing), (Files{{"1/a.ogg", 0}, {"first.ogg", 5}}));
    EXPECT_EQ(listing.folders, std::vector<std::string>{"1/2"});

    listing = root.list("", is_ogg, {.files = 2}).value();
    EXPECT_EQ(listing.entries.size(), 2U);
    EXPECT_TRUE(listing.truncated);

    EXPECT_FALSE(root.list("", is_ogg, {.files = 3, .depth = 2, .examined = 5})->truncated);
    listing = root.list("", is_ogg, {.examined = 2}).value(); // the root's two
    EXPECT_EQ(listing.entries.size(), 1U);
    EXPECT_TRUE(listing.truncated);
}

} // namespace
