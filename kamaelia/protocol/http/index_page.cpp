#include "kamaelia/protocol/http/index_page.hpp"

#include "kamaelia/util/html.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace kamaelia::http {
namespace {

// The empty icon spares a request for /favicon.ico.
constexpr std::string_view before_list = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Kamaelia</title>
<link rel="icon" href="data:,">
<style>
body { max-width: 42rem; margin: 0 auto; padding: 1rem 1rem 6rem; font: 1rem/1.5 system-ui, sans-serif }
ul { padding: 0; list-style: none }
li { display: flex; gap: .75rem; align-items: center; padding: .4rem 0; border-bottom: 1px solid #8884 }
a { flex: 1; overflow-wrap: anywhere; color: inherit }
span { opacity: .7; white-space: nowrap }
button { width: 2.75rem; height: 2.75rem; border: 0; border-radius: 50%; background: #0a7; color: #fff; cursor: pointer }
button::before { content: "\25B6\FE0E" }
button.playing::before { content: "\23F8\FE0E" }
footer { position: fixed; inset: auto 0 0; padding: .75rem 1rem; background: Canvas; border-top: 1px solid #8884 }
audio { display: block; width: 100%; max-width: 42rem; margin: auto }
</style>
</head>
<body>
<h1>Kamaelia</h1>
)html";

// One audio element for all: whatever plays stops when another begins.
constexpr std::string_view after_list =
    R"html(<footer><audio id="player" controls preload="none"></audio></footer>
<script>
const player = document.getElementById("player");
const buttons = [...document.querySelectorAll("button[data-play]")];
let current;
function play(button) {
  if (button !== current) player.src = button.dataset.play;
  current = button;
  player.play().catch(() => {});
}
function show() {
  for (const b of buttons) b.classList.toggle("playing", b === current && !player.paused);
}
for (const b of buttons)
  b.addEventListener("click", () => b === current && !player.paused ? player.pause() : play(b));
for (const e of ["play", "pause", "ended"]) player.addEventListener(e, show);
</script>
</body>
</html>
)html";

// 1023 B, 1.0 KiB, 12.5 MiB: one decimal, rounded down.
std::string readable_size(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 5> units{" KiB", " MiB", " GiB", " TiB", " PiB"};
    if (bytes < 1024) return std::to_string(bytes) + " B";
    std::size_t unit = 0;
    std::uint64_t divisor = 1024;
    while (bytes / divisor >= 1024 && unit + 1 < units.size()) {
        divisor *= 1024;
        ++unit;
    }
    const std::uint64_t tenth = bytes % divisor * 10 / divisor;
    return std::to_string(bytes / divisor) + '.' + std::to_string(tenth) + std::string{units[unit]};
}

void append_entry(std::string& page, const MediaEntry& entry) {
    const std::string url = "/media/" + percent_encode_path(entry.path);
    const std::string name = escape_html(entry.path);
    page +=
        "<li><button type=\"button\" data-play=\"" + url + "\" aria-label=\"Play " + name + "\"></button>";
    page += "<a href=\"" + url + "\">" + name + "</a>";
    page += "<span>" + readable_size(entry.size) + "</span></li>\n";
}

} // namespace

std::string index_page(const MediaListing& listing) {
    std::string page{before_list};
    if (listing.entries.empty()) {
        page += "<p>There are no media files yet.</p>\n";
    } else {
        page += "<ul>\n";
        for (const MediaEntry& entry : listing.entries) append_entry(page, entry);
        page += "</ul>\n";
    }
    if (listing.truncated) page += "<p>There are more files than this page shows.</p>\n";
    page += after_list;
    return page;
}

} // namespace kamaelia::http
