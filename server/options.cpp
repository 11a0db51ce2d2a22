#include "server/options.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"

#include <boost/program_options.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

namespace server {
namespace {

namespace po = boost::program_options;
using axon::quote;

struct NamedCommand {
    std::string_view name;
    Command command;
};
constexpr std::array commands{NamedCommand{"run", Command::run}, NamedCommand{"check", Command::check},
                              NamedCommand{"graph", Command::graph},
                              NamedCommand{"components", Command::components}};

template <class Format>
struct Named {
    std::string_view name;
    Format format;
};
constexpr std::array reference_formats{Named{"text", ReferenceFormat::text},
                                       Named{"markdown", ReferenceFormat::markdown},
                                       Named{"json", ReferenceFormat::json}};
constexpr std::array graph_formats{Named{"dot", GraphFormat::dot}, Named{"mermaid", GraphFormat::mermaid},
                                   Named{"json", GraphFormat::json}};

constexpr std::string_view usage = "Usage:\n"
                                   "  kamaeliad [run] [--config FILE] [--media DIR] [--set KEY=VALUE ...]\n"
                                   "  kamaeliad check [FILE] [--media DIR] [--set KEY=VALUE ...]\n"
                                   "  kamaeliad graph [FILE] [--media DIR] [--set KEY=VALUE ...]\n"
                                   "            [--format dot|mermaid|json]\n"
                                   "  kamaeliad components [NAME] [--format text|markdown|json]\n"
                                   "  kamaeliad --version | --help\n";

po::options_description general_options() {
    po::options_description options{"Options"};
    auto add = options.add_options();
    add("help", "say this and end");
    add("version", "say which version this is and end");
    return options;
}

po::options_description configuration_options() {
    po::options_description options{"Options of run, check and graph"};
    auto add = options.add_options();
    add("config,c", po::value<std::string>()->value_name("FILE"),
        ("the configuration; " + std::string{default_config_file} + " by default, if it is there").c_str());
    add("media", po::value<std::string>()->value_name("DIR"),
        "the root of on-demand files; without a configuration it is served on http://127.0.0.1:8000 and "
        "rtsp://127.0.0.1:8554");
    add("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
        "a setting that counts more than the file, such as log.level=debug; may be repeated");
    return options;
}

po::options_description format_options() {
    po::options_description options{"Options of graph and components"};
    options.add_options()("format", po::value<std::string>()->value_name("FORMAT"),
                          "of graph: dot, mermaid or json; of components: text, markdown or json");
    return options;
}

template <std::size_t N, class T>
std::string unknown_word(std::string_view what, std::string_view word, const std::array<T, N>& known) {
    std::array<std::string_view, N> names;
    std::ranges::transform(known, names.begin(), &T::name);
    return "unknown " + std::string{what} + " " + quote(word) + axon::suggestion(word, names);
}

// Where run was meant, which takes no FILE without --config.
bool is_configuration(std::string_view word) { return word.ends_with(".yaml") || word.ends_with(".yml"); }

std::string meant_as_configuration(std::string_view word) {
    return "; did you mean --config " + quote(word) + "?";
}

po::variables_map parse(std::span<const std::string> arguments) {
    po::options_description hidden;
    hidden.add_options()("word", po::value<std::vector<std::string>>());
    po::options_description all;
    all.add(general_options()).add(configuration_options()).add(format_options()).add(hidden);
    po::positional_options_description words;
    words.add("word", -1);
    // Half an option's name is not taken for the whole: a script would break with the next option.
    constexpr int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    po::variables_map values;
    po::store(po::command_line_parser{std::vector(arguments.begin(), arguments.end())}
                  .options(all)
                  .positional(words)
                  .style(style)
                  .run(),
              values);
    return values;
}

std::string unknown_option(const std::string& name) {
    constexpr std::array<std::string_view, 6> known{"--help",  "--version", "--config",
                                                    "--media", "--set",     "--format"};
    return "unknown option " + quote(name) + axon::suggestion(name, known);
}

std::unexpected<UsageError> wrong(std::string text) { return std::unexpected{UsageError{std::move(text)}}; }

// What the options say, once the command is known.
class OptionReader {
public:
    explicit OptionReader(const po::variables_map& values) : values_{values} {}

    std::expected<Options, UsageError> read() {
        if (values_.contains("word")) words_ = values_["word"].as<std::vector<std::string>>();
        for (const auto step :
             {&OptionReader::read_command, &OptionReader::check_belonging, &OptionReader::read_words,
              &OptionReader::read_files, &OptionReader::read_sets, &OptionReader::read_format})
            if (auto error = (this->*step)(); !error.empty()) return wrong(std::move(error));
        return std::move(options_);
    }

private:
    // Each says what is wrong, or nothing.

    std::string read_command() {
        if (values_.contains("help"))
            options_.command = Command::help;
        else if (values_.contains("version"))
            options_.command = Command::version;
        if (options_.command != Command::run || words_.empty()) return {};
        const auto& word = words_.front();
        const auto named = std::ranges::find(commands, word, &NamedCommand::name);
        if (named == commands.end())
            return is_configuration(word) ? "unknown command " + quote(word) + meant_as_configuration(word)
                                          : unknown_word("command", word, commands);
        options_.command = named->command;
        words_.erase(words_.begin());
        return {};
    }

    std::string check_belonging() {
        for (const auto* name : {"config", "media", "set"})
            if (options_.command == Command::components && values_.contains(name))
                return "--" + std::string{name} + " is an option of run, check and graph";
        const bool has_formats =
            options_.command == Command::graph || options_.command == Command::components;
        if (!has_formats && values_.contains("format"))
            return "--format is an option of graph and components";
        return {};
    }

    std::string read_words() {
        if (options_.command == Command::help || options_.command == Command::version) return {};
        const std::size_t most = options_.command == Command::run ? 0 : 1;
        if (words_.size() > most) {
            const auto& word = words_[most];
            const bool is_meant = options_.command == Command::run && is_configuration(word);
            return "unexpected " + quote(word) + (is_meant ? meant_as_configuration(word) : "");
        }
        if (words_.empty()) return {};
        if (options_.command == Command::components)
            options_.component = words_.front();
        else if (values_.contains("config"))
            return command_name() + " takes one FILE, with --config or without";
        else
            options_.config = words_.front();
        return options_.config && options_.config->empty() ? command_name() + " needs the name of a file"
                                                           : "";
    }

    std::string read_files() {
        if (values_.contains("config")) options_.config = values_["config"].as<std::string>();
        if (values_.contains("media")) options_.media = values_["media"].as<std::string>();
        if (options_.config && options_.config->empty()) return "--config needs the name of a file";
        if (options_.media && options_.media->empty()) return "--media needs the name of a directory";
        return {};
    }

    std::string read_sets() {
        if (values_.contains("set")) options_.sets = values_["set"].as<std::vector<std::string>>();
        for (const auto& set : options_.sets)
            if (set.find('=') == std::string::npos || set.starts_with('='))
                return "--set needs KEY=VALUE, found " + quote(set);
        return {};
    }

    std::string read_format() {
        if (!values_.contains("format")) return {};
        const auto& word = values_["format"].as<std::string>();
        return options_.command == Command::graph ? read_one_of(graph_formats, word, options_.graph_format)
                                                  : read_one_of(reference_formats, word, options_.format);
    }

    template <std::size_t N, class Format>
    static std::string read_one_of(const std::array<Named<Format>, N>& formats, const std::string& word,
                                   Format& format) {
        const auto named = std::ranges::find(formats, word, &Named<Format>::name);
        if (named == formats.end()) return unknown_word("format", word, formats);
        format = named->format;
        return {};
    }

    std::string command_name() const {
        return std::string{std::ranges::find(commands, options_.command, &NamedCommand::command)->name};
    }

    const po::variables_map& values_;
    std::vector<std::string> words_;
    Options options_;
};

} // namespace

std::expected<Options, UsageError> parse_options(std::span<const std::string> arguments) {
    try {
        return OptionReader{parse(arguments)}.read();
    } catch (const po::unknown_option& error) {
        return wrong(unknown_option(error.get_option_name()));
    } catch (const po::error& error) {
        return wrong(error.what());
    }
}

std::string help_text() {
    std::ostringstream out;
    out << usage << '\n' << general_options() << '\n' << configuration_options() << '\n' << format_options();
    return out.str();
}

} // namespace server
