#include "kamaelia/file/open_beneath.hpp"

#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

using kamaelia::Descriptor;
using kamaelia::open_beneath;
using kamaelia::walk_beneath;
using kamaelia::testing::TemporaryDirectory;

using Open = decltype(&walk_beneath);

// Both ways keep the same promise.
class OpensBeneath : public testing::TestWithParam<Open> {
protected:
    // The content of a file, or the errno.
    std::string read(const std::string& path, int flags = O_RDONLY) const {
        const auto opened = GetParam()(root.get(), path, flags);
        if (!opened) return std::to_string(opened.error());
        EXPECT_NE(::fcntl(opened->get(), F_GETFD) & FD_CLOEXEC, 0);
        std::string content(100, '\0');
        const ssize_t size = ::read(opened->get(), content.data(), content.size());
        return size < 0 ? std::to_string(errno) : content.substr(0, static_cast<std::size_t>(size));
    }

    TemporaryDirectory outside;
    std::filesystem::path inside = outside.path() / "root";
    std::filesystem::path secret = outside.write("secret", "secret");
    std::filesystem::path file = outside.write("root/a/b/c.ogg", "content");
    Descriptor root{::open(inside.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
};

INSTANTIATE_TEST_SUITE_P(OpenBeneath, OpensBeneath, testing::Values(&open_beneath, &walk_beneath),
                         [](const auto& info) { return info.index == 0 ? "AsTheSystemCan" : "ByWalking"; });

TEST_P(OpensBeneath, AFileAtAnyDepth) {
    outside.write("root/top", "top");
    EXPECT_EQ(read("top"), "top");
    EXPECT_EQ(read("a/b/c.ogg"), "content");
    EXPECT_EQ(read(".", O_RDONLY | O_DIRECTORY), std::to_string(EISDIR)) << "opened, but not read";
}

TEST_P(OpensBeneath, NothingThatIsNotThere) {
    EXPECT_EQ(read("a/x"), std::to_string(ENOENT));
    EXPECT_EQ(read("x/c.ogg"), std::to_string(ENOENT));
    EXPECT_EQ(read("a/b/c.ogg/d"), std::to_string(ENOTDIR));
    EXPECT_EQ(read(std::string(300, 'a')), std::to_string(ENAMETOOLONG));
}

TEST_P(OpensBeneath, NothingOutsideByPath) {
    for (const std::string& path : {std::string{"../secret"}, std::string{"a/../../secret"},
                                    std::string{".."}, secret.string(), "/" + secret.string()})
        EXPECT_FALSE(GetParam()(root.get(), path, O_RDONLY).has_value()) << path;
}

TEST_P(OpensBeneath, NothingOutsideByLink) {
    std::filesystem::create_symlink("../secret", inside / "relative");
    std::filesystem::create_symlink(secret, inside / "absolute");
    std::filesystem::create_symlink("..", inside / "up");
    std::filesystem::create_symlink(outside.path(), inside / "elsewhere");
    std::filesystem::create_symlink("/proc/self/root", inside / "magic");
    for (const std::string path :
         {"relative", "absolute", "up/secret", "elsewhere/secret", "magic/etc/passwd"})
        EXPECT_FALSE(GetParam()(root.get(), path, O_RDONLY).has_value()) << path;
}

TEST_P(OpensBeneath, NothingByALinkToItself) {
    std::filesystem::create_symlink("loop", inside / "loop");
    EXPECT_EQ(read("loop"), std::to_string(ELOOP));
}

TEST(WalkBeneath, FollowsNoLinkAtAll) {
    const TemporaryDirectory directory;
    directory.write("a/b", "content");
    std::filesystem::create_symlink("a/b", directory.path() / "link");
    std::filesystem::create_symlink("a", directory.path() / "way");
    const Descriptor root{::open(directory.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    EXPECT_EQ(walk_beneath(root.get(), "link", O_RDONLY).error(), ELOOP);
    EXPECT_EQ(walk_beneath(root.get(), "way/b", O_RDONLY).error(), ELOOP);
    EXPECT_EQ(walk_beneath(root.get(), "a/../a/b", O_RDONLY).error(), EXDEV);
}

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)
TEST(OpenBeneath, FollowsLinksThatStayBelow) {
    const TemporaryDirectory directory;
    directory.write("a/b", "content");
    std::filesystem::create_symlink("../a/b", directory.path() / "a/link");
    std::filesystem::create_symlink("a", directory.path() / "way");
    const Descriptor root{::open(directory.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    EXPECT_TRUE(open_beneath(root.get(), "a/link", O_RDONLY).has_value());
    EXPECT_TRUE(open_beneath(root.get(), "way/b", O_RDONLY).has_value());
    EXPECT_TRUE(open_beneath(root.get(), "a/../a/b", O_RDONLY).has_value());
    std::filesystem::create_symlink(directory.path() / "a/b", directory.path() / "absolute");
    EXPECT_EQ(open_beneath(root.get(), "absolute", O_RDONLY).error(), EXDEV);
}
#endif

} // namespace
