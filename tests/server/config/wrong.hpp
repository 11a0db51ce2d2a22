// A row of the tables of wrong configurations: the text, and exactly what is said about it.
#pragma once

#include "axon/registry.hpp"
#include "server/config/config.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace server::testing {

struct Wrong {
    const char* name;
    const char* text;
    const char* complaints;
};

// ctest lists tests with this, each in a line of its own.
inline void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.name; }

inline std::string name_of(const ::testing::TestParamInfo<Wrong>& info) { return info.param.name; }

/// Of a file `kamaelia.yaml` with that text, and of the environment SET=here.
inline std::string complaints_about(const std::string& text, const axon::Registry& registry,
                                    void (*more)(const Config&, axon::Complaints&) = nullptr) {
    const ConfigSource source{
        .file = ConfigFile{.name = "kamaelia.yaml", .text = text}, .sets = {}, .media = {}};
    axon::Complaints complaints;
    const auto config = read_config(source, {{"SET", "here"}}, registry, complaints);
    if (more) more(config, complaints);
    std::string lines;
    for (const auto& line : complaint_lines(complaints, source)) lines += line + "\n";
    return lines;
}

} // namespace server::testing
