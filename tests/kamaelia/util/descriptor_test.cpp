#include "kamaelia/util/descriptor.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace {

using kamaelia::Descriptor;

static_assert(!std::is_copy_constructible_v<Descriptor>);
static_assert(std::is_nothrow_move_constructible_v<Descriptor>);

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

int open_null() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

TEST(Descriptor, OwnsNothingWhenEmptyOrGivenAFailedCallsResult) {
    EXPECT_FALSE(Descriptor{}.valid());
    EXPECT_FALSE(Descriptor{-5}.valid());
    EXPECT_EQ(Descriptor{-5}.get(), -1);
}

TEST(Descriptor, ClosesWhatItOwnsWhenItEnds) {
    const int fd = open_null();
    {
        const Descriptor owner{fd};
        EXPECT_TRUE(owner.valid());
        EXPECT_EQ(owner.get(), fd);
        EXPECT_TRUE(is_open(fd));
    }
    EXPECT_FALSE(is_open(fd));
}

TEST(Descriptor, TreatsZeroAsADescriptor) {
    Descriptor zero{0};
    EXPECT_TRUE(zero.valid());
    EXPECT_EQ(zero.release(), 0);
}

TEST(Descriptor, GivesItUpUnclosedOnRelease) {
    Descriptor owner{open_null()};
    const int fd = owner.release();
    EXPECT_FALSE(owner.valid());
    EXPECT_TRUE(is_open(fd));
    ::close(fd);
}

TEST(Descriptor, HandsOverWhenMoved) {
    const int fd = open_null();
    Descriptor first{fd};
    Descriptor second{std::move(first)};
    EXPECT_FALSE(first.valid()); // NOLINT(bugprone-use-after-move): that it is empty is the contract
    EXPECT_EQ(second.get(), fd);
    EXPECT_TRUE(is_open(fd));
}

TEST(Descriptor, ClosesTheOldOneWhenAnotherIsMovedIn) {
    const int old_fd = open_null();
    const int new_fd = open_null();
    Descriptor owner{old_fd};
    owner = Descriptor{new_fd};
    EXPECT_FALSE(is_open(old_fd));
    EXPECT_TRUE(is_open(new_fd));
    EXPECT_EQ(owner.get(), new_fd);
}

TEST(Descriptor, SurvivesBeingMovedIntoItself) {
    Descriptor owner{open_null()};
    Descriptor& same = owner;
    owner = std::move(same);
    EXPECT_TRUE(is_open(owner.get()));
}

TEST(Descriptor, ClosesAtOnceWhenTold) {
    const int fd = open_null();
    Descriptor owner{fd};
    owner.close();
    EXPECT_FALSE(owner.valid());
    EXPECT_FALSE(is_open(fd));
}

} // namespace
