#include "kamaelia/util/base64.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia;

// RFC 4648 section 10.
TEST(Base64, IsThatOfTheRfc) {
    struct Case {
        std::string_view bytes;
        std::string_view text;
    };
    for (const auto& [bytes, text] :
         {Case{"", ""}, Case{"f", "Zg=="}, Case{"fo", "Zm8="}, Case{"foo", "Zm9v"}, Case{"foob", "Zm9vYg=="},
          Case{"fooba", "Zm9vYmE="}, Case{"foobar", "Zm9vYmFy"}, Case{{"\xFF\xFE\xFB\0", 4}, "//77AA=="}}) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(Base64, BringsEveryByteBack) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    for (int i = 0; i < 4; ++i, bytes += 'x') EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
}

TEST(Base64, TakesNothingElse) {
    for (const std::string_view text : {"Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zh==", "Zm9=", "Zg==Zg==",
                                        "Zm 9", "Zm9v\n", "Zm-_", "=Zg="})
        EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

} // namespace
