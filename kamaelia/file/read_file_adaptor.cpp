#include "kamaelia/file/read_file_adaptor.hpp"

#include "axon/check.hpp"
#include "axon/sleep.hpp"
#include "kamaelia/util/pace.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace kamaelia {
namespace {

// Of the line with which `text` begins, or of the piece that is cut off a long one; 0 if neither is whole.
std::size_t line_length(std::string_view text, std::size_t longest) {
    const auto newline = text.substr(0, longest).find('\n');
    if (newline != std::string_view::npos) return newline + 1;
    return text.size() >= longest ? longest : 0;
}

} // namespace

ReadFileAdaptor::ReadFileAdaptor(Params params) : params_{std::move(params)} {
    AXON_CHECK(params_.bitrate.bits_per_second > 0);
    AXON_CHECK(params_.chunk.bytes > 0 && params_.chunk.bytes <= FileReader::most_at_once);
}

axon::Task<> ReadFileAdaptor::main() {
    auto file = co_await FileReader::open(*this, params_.filename.path);
    if (!file) throw std::system_error{file.error(), "cannot read " + params_.filename.path.string()};
    if (file->size() == 0) co_return; // there is nothing to send, and nothing to loop through
    switch (params_.readmode) {
    case ReadMode::bitrate: co_await send_at_bitrate(*file); break;
    case ReadMode::line: co_await send_lines(*file); break;
    case ReadMode::chunk: co_await send_chunks(*file); break;
    case ReadMode::whole: co_await send_whole(*file); break;
    }
}

// Who is late finds the next slices due already and sends them one after the other.
axon::Task<> ReadFileAdaptor::send_at_bitrate(FileReader& file) {
    const auto slice = std::min(smooth_slice(params_.bitrate), params_.chunk.bytes);
    const auto start = now();
    std::uint64_t sent = 0;
    std::uint64_t offset = 0;
    do {
        auto left = params_.loop ? slice : std::min(slice, file.size() - offset);
        co_await sleep_until(start + due_after(sent + left, params_.bitrate));
        while (left > 0) { // more than once only where a loop begins again within a slice
            auto bytes = co_await part(file, offset, left);
            left -= bytes.size();
            sent += bytes.size();
            offset += bytes.size();
            co_await outbox.send(std::move(bytes));
            if (params_.loop && offset == file.size()) offset = 0;
        }
    } while (offset < file.size());
}

// Every read begins where a line does, so that no line is ever put together from two.
axon::Task<> ReadFileAdaptor::send_lines(FileReader& file) {
    const auto longest = static_cast<std::size_t>(params_.chunk.bytes);
    const auto block_size = std::max<std::size_t>(longest, std::size_t{16} * 1024);
    std::uint64_t offset = 0;
    do {
        const auto block = co_await part(file, offset, block_size);
        const bool last = offset + block.size() == file.size();
        std::size_t from = 0;
        while (from < block.size()) {
            auto length = line_length(block.view().substr(from), longest);
            if (length == 0 && !last) break;
            if (length == 0) length = block.size() - from;
            co_await outbox.send(block.slice(from, length));
            from += length;
        }
        offset += from;
        if (params_.loop && last) offset = 0;
    } while (offset < file.size());
}

axon::Task<> ReadFileAdaptor::send_chunks(FileReader& file) {
    std::uint64_t offset = 0;
    do {
        auto bytes = co_await part(file, offset, params_.chunk.bytes);
        offset += bytes.size();
        co_await outbox.send(std::move(bytes));
        if (params_.loop && offset == file.size()) offset = 0;
    } while (offset < file.size());
}

axon::Task<> ReadFileAdaptor::send_whole(FileReader& file) {
    if (file.size() > largest_whole) {
        throw std::system_error{std::make_error_code(std::errc::file_too_large),
                                "cannot send more than 64 MiB as one message: " +
                                    params_.filename.path.string()};
    }
    const auto bytes = co_await part(file, 0, file.size());
    do {
        co_await outbox.send(bytes);
    } while (params_.loop);
}

axon::Task<axon::Bytes> ReadFileAdaptor::part(FileReader& file, std::uint64_t offset, std::uint64_t count) {
    const auto wanted = static_cast<std::size_t>(std::min(count, file.size() - offset));
    auto bytes = co_await file.read(*this, offset, wanted);
    if (!bytes) throw std::system_error{bytes.error(), "cannot read " + params_.filename.path.string()};
    if (bytes->size() < wanted)
        throw std::runtime_error{params_.filename.path.string() + " became shorter while it was sent"};
    co_return std::move(*bytes);
}

} // namespace kamaelia
