// ReadFileAdaptor: sends what a file contains, paced or as fast as it is taken.
//
//     servers:
//       jukebox:
//         listen: "tcp://127.0.0.1:1501"
//         protocol:
//           - ReadFileAdaptor: { filename: jingle.ogg, readmode: bitrate, bitrate: 400k }
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/file/file_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kamaelia {

/// How a file is cut into messages, and when they leave.
enum class ReadMode : std::uint8_t {
    bitrate, ///< at a constant rate
    line,    ///< a message a line, as fast as they are taken
    chunk,   ///< messages of one size, as fast as they are taken
    whole,   ///< one message
};

/// Sends the file as long as it was when it was opened, then ends. It hears nothing: what a client says
/// is discarded. Memory: one message, in mode line a few.
///
/// - bitrate: pacing is absolute: no byte leaves before it is due, counted from the start, and a receiver
///   that was slow gets at once what has become due meanwhile, and no more. The last byte leaves when it
///   is due. A message is a tenth of a second, but at least 256 bytes and at most `chunk`.
/// - line: each line with its newline, the last one also without. Longer ones come in pieces of `chunk`.
/// - whole: at most 64 MiB.
/// - loop: begins again at the end, and the pacing goes on. An empty file ends all the same.
///
/// It fails, naming the file, when that cannot be opened or read, is no regular file, is too large for
/// mode whole, or becomes shorter meanwhile.
class ReadFileAdaptor final : public axon::Source<axon::Bytes> {
public:
    static constexpr std::string_view summary = "sends a file: at a bit rate, by lines, in chunks or whole";
    /// The largest file that mode whole sends, in bytes.
    static constexpr std::uint64_t largest_whole = std::uint64_t{64} * 1024 * 1024;

    struct Params {
        axon::MediaPath filename{};
        ReadMode readmode = ReadMode::chunk;
        axon::BitRate bitrate{128'000};
        axon::ByteSize chunk{std::uint64_t{16} * 1024};
        bool loop = false;

        static auto fields() {
            return axon::fields(
                axon::field("filename", &Params::filename, "file to send, under media when relative")
                    .required(),
                axon::field("readmode", &Params::readmode,
                            "how it is cut and when it is sent; whole is for files up to 64 MiB")
                    .words({{"bitrate", ReadMode::bitrate},
                            {"line", ReadMode::line},
                            {"chunk", ReadMode::chunk},
                            {"whole", ReadMode::whole}}),
                axon::field("bitrate", &Params::bitrate, "bits per second, in readmode bitrate")
                    .range({1'000}, {1'000'000'000})
                    .only_with("readmode", {"bitrate"}),
                axon::field("chunk", &Params::chunk, "bytes of a message at most, except in readmode whole")
                    .range({1}, {FileReader::most_at_once})
                    .only_with("readmode", {"bitrate", "line", "chunk"}),
                axon::field("loop", &Params::loop, "begins again at the end"));
        }
        bool operator==(const Params&) const = default;
    };

    /// The bit rate is more than 0, and chunk in its range.
    explicit ReadFileAdaptor(Params params);

private:
    axon::Task<> main() override;
    axon::Task<> send_at_bitrate(FileReader& file);
    axon::Task<> send_lines(FileReader& file);
    axon::Task<> send_chunks(FileReader& file);
    axon::Task<> send_whole(FileReader& file);
    /// `count` bytes at `offset`, fewer only at the end. Throws when they cannot be read.
    axon::Task<axon::Bytes> part(FileReader& file, std::uint64_t offset, std::uint64_t count);

    Params params_;
};

} // namespace kamaelia
