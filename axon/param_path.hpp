// The kinds of file name that a parameter may hold. They differ in where a relative one is looked for,
// and are resolved while parameters are read: components only ever see the resolved name.
#pragma once

#include <filesystem>

namespace axon {

/// What relative file names in parameters are relative to.
struct ParamContext {
    std::filesystem::path media;            ///< the root of on-demand files
    std::filesystem::path config_directory; ///< where the configuration file is
};

/// A file of media: under ParamContext::media when relative.
struct MediaPath {
    std::filesystem::path path;
    bool operator==(const MediaPath&) const = default;
};

/// A directory of media: under ParamContext::media when relative, and that directory itself when not given.
struct MediaDirectory {
    std::filesystem::path path;
    bool operator==(const MediaDirectory&) const = default;
};

/// Any other file, such as a password file: beside the configuration file when relative.
struct ConfigPath {
    std::filesystem::path path;
    bool operator==(const ConfigPath&) const = default;
};

} // namespace axon
