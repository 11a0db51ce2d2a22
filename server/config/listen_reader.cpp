#include "server/config/listen_reader.hpp"

#include <string>
#include <utility>

namespace server {

using axon::Setting;
using Kind = axon::Setting::Kind;

std::vector<Listen> ListenReader::read(const Setting& setting) {
    std::vector<Listen> all;
    if (setting.kind() != Kind::list) {
        read_url(setting, "a URL or a list of them", all);
        return all;
    }
    if (setting.items().empty()) complaints_.add(setting.where(), "listen: expected at least one URL");
    for (const auto& item : setting.items()) read_url(item, "a URL", all);
    return all;
}

void ListenReader::read_url(const Setting& setting, std::string_view expected, std::vector<Listen>& all) {
    if (setting.kind() != Kind::scalar) {
        complaints_.add_mismatch(setting, "listen", expected);
        return;
    }
    auto listen = parse_listen(setting.text());
    if (!listen) {
        complaints_.add(setting.where(), "listen: " + listen.error());
        return;
    }
    listen->where = setting.where();
    taken_.add(*listen, complaints_);
    all.push_back(*std::move(listen));
}

} // namespace server
