#include "axon/setting_reader.hpp"

namespace axon {
namespace {

template <class T>
std::expected<T, std::string> parse_path_as(std::string_view text) {
    // The operating system would read a name only up to the zero.
    if (text.empty() || text.contains('\0'))
        return std::unexpected{detail::unexpected_text(SettingReader<T>::expected(), text)};
    return T{std::filesystem::path{text}};
}

} // namespace

void detail::resolve(std::filesystem::path& path, const std::filesystem::path& base) {
    if (!path.empty()) path = (base / path).lexically_normal();
}

std::expected<MediaPath, std::string> SettingReader<MediaPath>::parse(std::string_view text) {
    return parse_path_as<MediaPath>(text);
}

std::expected<MediaDirectory, std::string> SettingReader<MediaDirectory>::parse(std::string_view text) {
    return parse_path_as<MediaDirectory>(text);
}

void SettingReader<MediaDirectory>::settle(MediaDirectory& value, const ParamContext& context) {
    value.path = value.path.empty() ? context.media : (context.media / value.path).lexically_normal();
}

std::expected<ConfigPath, std::string> SettingReader<ConfigPath>::parse(std::string_view text) {
    return parse_path_as<ConfigPath>(text);
}

} // namespace axon
