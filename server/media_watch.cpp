#include "server/media_watch.hpp"

#include "axon/offload.hpp"
#include "axon/sleep.hpp"
#include "server/media_check.hpp"

#include <string>
#include <utility>

namespace server {

MediaWatch::MediaWatch(std::vector<std::filesystem::path> directories) {
    for (auto& directory : directories) watched_.push_back({std::move(directory), {}, {}});
}

axon::Task<> MediaWatch::main() {
    while (true) {
        co_await sleep_for(period);
        for (auto& watched : watched_) {
            report(watched, co_await axon::offload(
                                *this, [directory = watched.directory] { return media_trouble(directory); }));
        }
    }
}

void MediaWatch::report(Watched& watched, std::error_code trouble) {
    const bool was_bad{watched.trouble};
    const bool is_bad{trouble};
    watched.trouble = trouble;
    if (was_bad == is_bad) return;
    const auto directory = watched.directory.string();
    if (is_bad) {
        watched.since = now();
        log(axon::LogLevel::warning, "cannot serve media from " + directory + ": " + trouble.message() +
                                         "; requests for its files fail until that changes");
    } else {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(now() - watched.since).count();
        log(axon::LogLevel::warning,
            "media are served from " + directory + " again, after " + std::to_string(seconds) + " s");
    }
}

} // namespace server
