#include "kamaelia/util/line_split.hpp"

#include <utility>

namespace kamaelia {
namespace {

axon::Bytes without_newline(const axon::Bytes& line) {
    return line.slice(0, line.size() - (line.view().ends_with("\r\n") ? 2 : 1));
}

} // namespace

axon::Task<> LineSplit::main() {
    while (auto data = co_await inbox.receive()) {
        std::size_t from = 0;
        while (auto line = next(*data, from)) co_await outbox.send(*std::move(line));
    }
    if (!kept_.empty()) co_await outbox.send(joined({}));
}

std::optional<axon::Bytes> LineSplit::next(const axon::Bytes& data, std::size_t& from) {
    const auto text = data.view().substr(from);
    const auto room = static_cast<std::size_t>(params_.longest.bytes) - kept_.size();
    const auto newline = text.substr(0, room + 1).find('\n');
    if (newline != std::string_view::npos) {
        auto line = joined(data.slice(from, newline + 1));
        from += newline + 1;
        return params_.keep_newline ? std::move(line) : without_newline(line);
    }
    if (text.size() > room) {
        auto piece = joined(data.slice(from, room));
        from += room;
        return piece;
    }
    kept_.append(text);
    from = data.size();
    return std::nullopt;
}

axon::Bytes LineSplit::joined(axon::Bytes end) {
    if (kept_.empty()) return end;
    return axon::Bytes{std::exchange(kept_, {}).append(end.view())};
}

} // namespace kamaelia
