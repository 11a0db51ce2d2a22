// MediaWatch: tells the operator when a directory of media goes missing, and when it is back.
#pragma once

#include "axon/component.hpp"
#include "axon/time.hpp"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <vector>

namespace server {

/// Looks at each directory now and then, and logs one warning when it cannot be served from any more and
/// one when it can again, whatever is asked for meanwhile. Never ends by itself.
class MediaWatch final : public axon::Component {
public:
    static constexpr axon::Duration period = std::chrono::seconds{5};

    /// Of directories that are there: each is first looked at after one `period`.
    explicit MediaWatch(std::vector<std::filesystem::path> directories);

private:
    struct Watched {
        std::filesystem::path directory;
        std::error_code trouble;
        axon::Time since;
    };

    axon::Task<> main() override;
    void report(Watched& watched, std::error_code trouble);

    std::vector<Watched> watched_;
};

} // namespace server
