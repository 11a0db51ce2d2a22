#include "kamaelia/protocol/http/index_page.hpp"

#include "kamaelia/util/html.hpp"

#include <array>
#include <chrono>
#include <cstdint>

namespace kamaelia::http {
namespace {

// The empty icon spares a request for /favicon.ico.
constexpr std::string_view before_title = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>)html";

constexpr std::string_view after_title = R"html(</title>
<link rel="icon" href="data:,">
<style>
* { box-sizing: border-box }
body { max-width: 42rem; margin: 0 auto; padding: 1rem 1rem 8rem; font: 1rem/1.5 system-ui, sans-serif }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; overflow-wrap: anywhere }
a { color: inherit; overflow-wrap: anywhere }
nav, .all { margin: 0 0 .5rem }
ul { margin: 0; padding: 0; list-style: none }
li { display: flex; gap: .75rem; align-items: center; min-height: 3.5rem; padding: .25rem 0; border-bottom: 1px solid #8884 }
li > a:first-of-type { flex: 1; min-width: 0; padding: .5rem 0; text-decoration: none }
li.playing > a:first-of-type { font-weight: bold }
small { display: block; opacity: .7 }
span, .m3u { opacity: .7; white-space: nowrap; font-variant-numeric: tabular-nums }
button { flex: none; width: 2.75rem; height: 2.75rem; border: 0; border-radius: 50%; background: #087f5b; color: #fff; font-size: 1rem; cursor: pointer }
button[data-play]::before { content: "\25B6\FE0E" }
li.playing:not(.paused) button[data-play]::before { content: "\23F8\FE0E" }
.folder::before { content: "\1F4C1"; width: 2.75rem; text-align: center }
footer { position: fixed; inset: auto 0 0; padding: .5rem 1rem; background: Canvas; border-top: 1px solid #8884 }
footer > div { display: flex; gap: .5rem; align-items: center; max-width: 42rem; margin: auto }
#now { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 42rem; margin: auto }
audio { flex: 1; min-width: 0; width: 100% }
</style>
<noscript><style>button, footer { display: none }</style></noscript>
</head>
<body>
)html";

// One audio element for all: whatever plays stops when another begins.
constexpr std::string_view after_list =
    R"html(<footer><div id="now"></div><div>
<button type="button" id="previous" aria-label="Previous track">&#x23EE;&#xFE0E;</button>
<audio id="player" controls preload="none"></audio>
<button type="button" id="next" aria-label="Next track">&#x23ED;&#xFE0E;</button>
</div></footer>
<script>
const player = document.getElementById("player");
const now = document.getElementById("now");
const buttons = [...document.querySelectorAll("button[data-play]")];
let current;
function play(button) {
  if (!button) return;
  if (button !== current) {
    player.src = button.dataset.play;
    now.textContent = button.dataset.name;
    if (navigator.mediaSession)
      navigator.mediaSession.metadata = new MediaMetadata({title: button.dataset.name});
  }
  current = button;
  player.play().catch(() => {});
}
function step(by) {
  if (!current && by < 0) return;
  play(buttons[current ? buttons.indexOf(current) + by : 0]);
}
function show() {
  for (const b of buttons) {
    b.parentElement.classList.toggle("playing", b === current);
    b.parentElement.classList.toggle("paused", player.paused);
  }
}
for (const b of buttons)
  b.addEventListener("click", () => b === current && !player.paused ? player.pause() : play(b));
for (const e of ["play", "pause", "ended"]) player.addEventListener(e, show);
for (const e of ["ended", "error"]) player.addEventListener(e, () => current && step(1));
document.getElementById("previous").addEventListener("click", () => step(-1));
document.getElementById("next").addEventListener("click", () => step(1));
if (navigator.mediaSession) {
  navigator.mediaSession.setActionHandler("previoustrack", () => step(-1));
  navigator.mediaSession.setActionHandler("nexttrack", () => step(1));
}
</script>
</body>
</html>
)html";

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

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

std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// 0:07, 3:45, 1:02:03: to the nearest second.
std::string readable_duration(std::chrono::milliseconds duration) {
    const auto seconds = std::chrono::round<std::chrono::seconds>(duration).count();
    const auto minutes = seconds / 60;
    const auto rest = ':' + two_digits(seconds % 60);
    if (minutes < 60) return std::to_string(minutes) + rest;
    return std::to_string(minutes / 60) + ':' + two_digits(minutes % 60) + rest;
}

// Where one is: the folders above, each a link.
void append_place(std::string& page, std::string_view path) {
    if (path.empty()) {
        page += "<h1>Kamaelia</h1>\n";
        return;
    }
    page += "<nav><a href=\"/\">Kamaelia</a> /";
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        const auto above = path.substr(0, slash);
        page += " <a href=\"/media/" + percent_encode_path(above) + "/\">" + escape_html(last_part(above)) +
                "</a> /";
    }
    page += "</nav>\n<h1>" + escape_html(last_part(path)) + "</h1>\n";
}

void append_folder(std::string& page, std::string_view path) {
    page += "<li class=\"folder\"><a href=\"/media/" + percent_encode_path(path) + "/\">" +
            escape_html(last_part(path)) + "</a></li>\n";
}

void append_track(std::string& page, const Track& track) {
    const std::string url = "/media/" + percent_encode_path(track.file.path);
    const bool named = track.info && !track.info->title.empty();
    const std::string name = escape_html(named ? track.info->title : last_part(track.file.path));
    page += "<li><button type=\"button\" data-play=\"" + url + "\" data-name=\"" + name +
            "\" aria-label=\"Play " + name + "\"></button>";
    page += "<a href=\"" + url + "\">" + name;
    if (track.info && !track.info->artist.empty())
        page += "<small>" + escape_html(track.info->artist) + "</small>";
    page += "</a><span>";
    page += track.info && track.info->duration ? readable_duration(*track.info->duration)
                                               : readable_size(track.file.size);
    page += "</span><a class=\"m3u\" href=\"" + url + ".m3u\" aria-label=\"Playlist of " + name +
            "\">m3u</a></li>\n";
}

} // namespace

std::string index_page(std::string_view path, const Folder& folder) {
    std::string page{before_title};
    page.reserve(after_title.size() + after_list.size() + 500 * folder.tracks.size());
    page += path.empty() ? "Kamaelia" : escape_html(last_part(path)) + " - Kamaelia";
    page += after_title;
    append_place(page, path);
    const bool empty = folder.folders.empty() && folder.tracks.empty();
    if (empty) {
        page += "<p>There are no media files yet.</p>\n";
    } else {
        page += "<p class=\"all\"><a href=\"/media" + (path.empty() ? "" : '/' + percent_encode_path(path)) +
                ".m3u\">Playlist of all</a></p>\n<ul>\n";
        for (const auto& each : folder.folders) append_folder(page, each);
        for (const auto& track : folder.tracks) append_track(page, track);
        page += "</ul>\n";
    }
    if (folder.truncated) page += "<p>There are more files than this page shows.</p>\n";
    if (!folder.complete()) page += "<p>Some titles are not read yet; they will be here later.</p>\n";
    page += after_list;
    return page;
}

} // namespace kamaelia::http
