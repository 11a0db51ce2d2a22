#include "kamaelia/util/html.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace std::string_literals;
using kamaelia::escape_html;
using kamaelia::percent_encode_path;

struct Escape {
    std::string text;
    std::string escaped;
};

TEST(EscapeHtml, LeavesNoCharacterThatMarkupCouldStartWith) {
    EXPECT_EQ(escape_html(R"(<a href="x" title='y'>&amp;</a>)"),
              "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
}

TEST(EscapeHtml, KeepsTextOfEveryScript) {
    for (const std::string& text :
         {"plain, 1+1=2 {}|~"s, "tab\tand\nline"s, "caf\u00E9 \u20AC \u65E5\u672C \U0001F3B5"s,
          "\uD7FF\uE000\uFFFD\U0010FFFF"s, ""s})
        EXPECT_EQ(escape_html(text), text);
}

TEST(EscapeHtml, ReplacesWhatHtmlCannotHold) {
    const std::string x = "\uFFFD";
    const Escape cases[] = {
        {"a\0b"s, "a" + x + "b"},            // NUL
        {"\x01\x1F\x7F\r", x + x + x + x},   // controls
        {"\xC2\x80\xC2\x9F", x + x + x + x}, // C1 controls
        {"caf\xE9!", "caf" + x + "!"},       // Latin-1
        {"\x80", x},                         // a continuation alone
        {"\xC0\xAF\xC1\xBF", x + x + x + x}, // overlong, two bytes
        {"\xE0\x80\xBC", x + x + x},         // overlong '<', three bytes
        {"\xF0\x80\x80\xBC", x + x + x + x}, // overlong '<', four bytes
        {"\xED\xA0\x80", x + x + x},         // a surrogate
        {"\xF4\x90\x80\x80", x + x + x + x}, // above U+10FFFF
        {"\xF5\xFF", x + x},                 // never in UTF-8
        {"\xC3", x},                         // cut short
        {"\xE2\x82", x + x},                 // cut short
        {"\xE2\x82<", x + x + "&lt;"},       // markup behind a cut character
        {"\xF0\x9F\x8E<", x + x + x + "&lt;"},
        {"\xC3<b>", x + "&lt;b&gt;"},
    };
    for (const Escape& c : cases) EXPECT_EQ(escape_html(c.text), c.escaped);
}

TEST(PercentEncodePath, KeepsUnreservedBytesAndSlashes) {
    EXPECT_EQ(percent_encode_path("a/b-c.d_e~f/AZ09.ogg"), "a/b-c.d_e~f/AZ09.ogg");
    EXPECT_EQ(percent_encode_path(""), "");
}

TEST(PercentEncodePath, EncodesEverythingElse) {
    EXPECT_EQ(percent_encode_path("a b?c#d%e&f\"<>'+:;=@\\"),
              "a%20b%3Fc%23d%25e%26f%22%3C%3E%27%2B%3A%3B%3D%40%5C");
    EXPECT_EQ(percent_encode_path("caf\u00E9\xFF\x01"), "caf%C3%A9%FF%01");
    EXPECT_EQ(percent_encode_path("\0"s), "%00");
}

} // namespace
