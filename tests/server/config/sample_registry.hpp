// A few components for tests of the configuration: they do nothing but have names and parameters.
#pragma once

#include "axon/registry.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace server::testing {

class Idle : public axon::Component {
    axon::Task<> main() override { co_return; }
};

class Echo final : public Idle {};
class HTTPServer final : public Idle {};
class RTSPServer final : public Idle {};

enum class ReadMode { bitrate, all };

class ReadFileAdaptor final : public Idle {
public:
    struct Params {
        axon::MediaPath filename;
        ReadMode readmode = ReadMode::all;
        axon::BitRate bitrate{128'000};
        axon::ByteSize chunk{4096};

        static auto fields() {
            return axon::fields(
                axon::field("filename", &Params::filename, "file to play").required(),
                axon::field("readmode", &Params::readmode, "how it is paced")
                    .words({{"bitrate", ReadMode::bitrate}, {"all", ReadMode::all}}),
                axon::field("bitrate", &Params::bitrate, "bits per second").range({8'000}, {10'000'000}),
                axon::field("chunk", &Params::chunk, "read at once"));
        }
        bool operator==(const Params&) const = default;
    };
    explicit ReadFileAdaptor(Params params) : params{std::move(params)} {}
    const Params params;
};

class Process final : public Idle {
public:
    struct Params {
        std::vector<std::string> command;
        axon::Duration limit{};
        bool restart = false;
        std::uint16_t niceness = 0;
        axon::ConfigPath password_file;

        static auto fields() {
            return axon::fields(
                axon::field("command", &Params::command, "what to run").required(),
                axon::field("limit", &Params::limit, "the longest that it may take"),
                axon::field("restart", &Params::restart, "when it ends"),
                axon::field("niceness", &Params::niceness, "how much it gives way").range(0, 19),
                axon::field("password_file", &Params::password_file, "one line"));
        }
        bool operator==(const Params&) const = default;
    };
    explicit Process(Params params) : params{std::move(params)} {}
    const Params params;
};

inline axon::Registry sample_registry() {
    axon::Registry registry;
    registry.add<Echo>("Echo", "sends back what it hears");
    registry.add<HTTPServer>("HTTPServer", "speaks HTTP");
    registry.add<RTSPServer>("RTSPServer", "speaks RTSP");
    registry.add<Process>("Process", "runs a program");
    registry.add<ReadFileAdaptor>("ReadFileAdaptor", "reads a file");
    return registry;
}

} // namespace server::testing
