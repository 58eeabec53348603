#include "server/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <utility>

#include "api/call/redaction.h"
#include "api/wire/time_text.h"
#include "server/option_values.h"
#include "server/process/version.h"
#include "server/usage_errors.h"
#include "server/variables.h"

namespace workmail::server {

namespace {

// The variables that `exec` sets for its command. They are accepted, so that the command may be a server.
constexpr std::string_view kUrlVariable = "WORKMAIL_URL";

// The default of exec, so that many can run side by side. The variable is ignored, because images set it for all
// commands.
const ListenAddress kFreePort{.host = "localhost", .port = 0};

// Upper bounds of options that limit memory.
constexpr std::size_t kMaxBody = std::size_t{1} << 30;
constexpr std::size_t kMaxJournal = 1'000'000;
// With less memory, usual calls would be rejected.
constexpr std::size_t kMinMemory = std::size_t{4} << 20U;
constexpr std::size_t kMaxMemory = std::size_t{1} << 50U;

struct Option {
  const char* name;
  const char* value;  // the placeholder in the help
  const char* help;
  void (*set)(Options& options, const std::string& value);
  bool secret = false;
};

// Each entry defines flag, environment variable and help.
constexpr std::array<Option, 26> kOptions{{
    {"listen", "HOST:PORT", "address to listen on; port 0 picks a free port [localhost:9675: 127.0.0.1 and ::1]",
     [](Options& options, const std::string& value) {
       options.listen = or_refuse(parse_listen_address(value), "localhost:PORT or a numeric address and a port");
     }},
    {"port-file", "PATH", "file to write the port to when the server is ready",
     [](Options& options, const std::string& value) { options.port_file = value; }},
    {"data", "FILE", "SQLite file to store everything in [in memory]",
     [](Options& options, const std::string& value) { options.data = value; }},
    {"seed", "PATH",
     "seed document, or folder of them, to load into an empty database; repeatable, "
     "separated by : in the variable",
     [](Options& options, const std::string& value) { options.seeds.push_back(value); }},
    {"account", "ID", "account of requests whose credentials name none [000000000000]",
     [](Options& options, const std::string& value) { options.settings.account = parse_account(value); }},
    {"region", "NAME", "region of requests whose credentials name none [us-east-1]",
     [](Options& options, const std::string& value) { options.settings.region = parse_region(value); }},
    {"pace", "DURATION",
     "simulated duration of asynchronous operations, on the emulated clock; 0s: done by the next call [0s]",
     [](Options& options, const std::string& value) {
       options.settings.pace = or_refuse(api::parse_duration(value), "a duration such as 20s, 5m or PT20S");
     }},
    {"domains", "verified|pending", "whether registered domains are verified automatically [verified]",
     [](Options& options, const std::string& value) {
       options.settings.domains_become_verified =
           one_of<bool>(value, {{"verified", true}, {"pending", false}}, "verified or pending");
     }},
    {"deleted", "list|hide", "whether lists include DELETED entities, as AWS does for 30 days [list]",
     [](Options& options, const std::string& value) {
       options.settings.lists_show_deleted = one_of<bool>(value, {{"list", true}, {"hide", false}}, "list or hide");
     }},
    {"clock", "TIME", "start with the clock frozen at this time [real time]",
     [](Options& options, const std::string& value) {
       options.settings.clock =
           or_refuse(api::parse_time(value), "a time from 1970 to 9999 such as 2026-05-01T12:00:00Z");
     }},
    {"ids", "random|sequential", "sequential: deterministic IDs, identical runs give identical responses [random]",
     [](Options& options, const std::string& value) {
       using Mode = api::Ids::Mode;
       options.ids =
           one_of<Mode>(value, {{"random", Mode::Random}, {"sequential", Mode::Sequential}}, "random or sequential");
     }},
    {"signatures", "off|verify", "verify: reject, as AWS does, requests not signed with a key from --credentials [off]",
     [](Options& options, const std::string& value) {
       options.verify_signatures = one_of<bool>(value, {{"off", false}, {"verify", true}}, "off or verify");
     }},
    {"credentials", "FILE", "file with the keys, in the format of AWS's shared credentials file",
     [](Options& options, const std::string& value) { options.credentials = value; }},
    {"control-token", "TOKEN", "require the header Authorization: Bearer TOKEN under /_workmail",
     [](Options& options, const std::string& value) { options.control_token = parse_token(value); }, true},
    {"cors-origin", "ORIGIN",
     "also serve web pages from this origin, besides those of this machine; repeatable, "
     "separated by commas in the variable",
     [](Options& options, const std::string& value) { options.cors_origins.push_back(parse_origin(value)); }},
    {"allowed-host", "NAME",
     "also serve the control plane under this host name, or, as .example.com, under all names below it; repeatable, "
     "separated by commas in the variable",
     [](Options& options, const std::string& value) { options.allowed_hosts.push_back(parse_host(value)); }},
    {"lambda-endpoint", "URL",
     "where email flow rules invoke Lambda functions: http://HOST:PORT, or the whole URL of one function's invocations "
     "[none: rules take their fallback action]",
     [](Options& options, const std::string& value) { options.mail_flow.lambda_endpoint = parse_endpoint(value); }},
    {"s3-endpoint", "URL", "where PutRawMessageContent fetches new content [none: it is rejected]",
     [](Options& options, const std::string& value) { options.mail_flow.s3_endpoint = parse_endpoint(value); }},
    {"s3-credentials", "PROFILE", "profile of AWS's shared credentials file to sign requests to S3 with [test, test]",
     [](Options& options, const std::string& value) { options.mail_flow.s3_profile = value; }},
    {"journal", "N", "number of recent requests to keep; 0 turns the journal off [1000]",
     [](Options& options, const std::string& value) {
       options.journal = parse_number(value, 0, kMaxJournal, "a number from 0 to 1000000");
     }},
    {"redact", "secrets|all",
     "what to hide wherever calls are shown: passwords, tokens and credentials, or everything that AWS's model marks "
     "as sensitive [secrets]",
     [](Options& options, const std::string& value) {
       using api::Redact;
       options.settings.redact =
           one_of<Redact>(value, {{"secrets", Redact::Secrets}, {"all", Redact::All}}, "secrets or all");
     }},
    {"cloudtrail", "FILE", "append each call to this file as a CloudTrail record, one per line",
     [](Options& options, const std::string& value) { options.cloudtrail = value; }},
    {"max-body", "BYTES", "largest request body [1048576]",
     [](Options& options, const std::string& value) {
       options.max_body = parse_number(value, 1, kMaxBody, "a number of bytes from 1 to 1073741824");
     }},
    {"memory-limit", "BYTES",
     "memory for requests, responses, snapshots, fault rules and journal together; beyond it, 503 [1073741824]",
     [](Options& options, const std::string& value) {
       options.memory_limit = parse_number(value, kMinMemory, kMaxMemory, "a number of bytes, at least 4194304");
     }},
    {"log", "text|json|off", "format of the log on standard error, one line per request [text]",
     [](Options& options, const std::string& value) {
       options.log = one_of<LogFormat>(
           value, {{"text", LogFormat::Text}, {"json", LogFormat::Json}, {"off", LogFormat::Off}}, "text, json or off");
     }},
    {"log-level", "debug|info|warning|error", "lowest level to log [info]",
     [](Options& options, const std::string& value) {
       options.log_level = one_of<LogLevel>(value,
                                            {{"debug", LogLevel::Debug},
                                             {"info", LogLevel::Info},
                                             {"warning", LogLevel::Warning},
                                             {"error", LogLevel::Error}},
                                            "debug, info, warning or error");
     }},
}};

// The options that may be repeated, with the separator of values in the variable.
constexpr std::array<std::pair<std::string_view, char>, 3> kRepeatable{
    {{"seed", ':'}, {"cors-origin", ','}, {"allowed-host", ','}}};

// Nothing for an option with a single value.
auto separator_of(const Option& option) -> std::optional<char> {
  for (const auto& [name, separator] : kRepeatable) {
    if (name == option.name) return separator;
  }
  return std::nullopt;
}

// The parts without spaces around them; empty parts are omitted.
auto split(std::string_view text, char separator) -> std::vector<std::string> {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    const auto part = text.substr(0, end);
    const auto first = part.find_first_not_of(' ');
    if (first != std::string_view::npos) parts.emplace_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

auto flag_name(const Option& option) -> std::string {
  return std::string("--") + option.name;
}

auto variable_name(const Option& option) -> std::string {
  std::string name(kVariablePrefix);
  for (const char c : std::string_view(option.name)) {
    name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  return name;
}

// `source` is the flag or the variable of the value.
void set(Options& options, const Option& option, const std::string& source, const std::string& value) {
  try {
    option.set(options, value);
    auto& given = options.given[flag_name(option)];
    given.append(given.empty() ? "" : ", ").append(option.secret ? api::kRedacted : value);
  } catch (const BadValue& bad) {
    const std::string shown = option.secret || !bad.shown ? "" : ", not \"" + value + "\"";
    throw BadUsage(source + " must be " + bad.expected + shown + ".");
  }
}

void apply_flags(Options& options, const CLI::App& app) {
  for (const auto& option : kOptions) {
    const auto* flag = app.get_option(flag_name(option));
    for (const auto& value : flag->results()) set(options, option, flag_name(option), value);
  }
}

void apply_variables(Options& options, const CLI::App& app, const Environment& environment) {
  for (const auto& option : kOptions) {
    const auto variable = environment.find(variable_name(option));
    const bool given = variable != environment.end() && !variable->second.empty();
    if (!given || app.get_option(flag_name(option))->count() > 0) continue;
    const auto separator = separator_of(option);
    const auto values = separator ? split(variable->second, *separator) : std::vector{variable->second};
    for (const auto& value : values) set(options, option, variable->first, value);
  }
}

// A variable that is not an option belongs to another program, unless it looks like a misspelled option.
void check_other_variables(Options& options, const Environment& environment) {
  std::vector<std::string> known;
  for (const auto& option : kOptions) known.push_back(variable_name(option));
  for (const auto& [name, value] : environment) {
    const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
    if (!name.starts_with(kVariablePrefix) || name == kUrlVariable || is_known) continue;
    const std::string meant = meant_variable(name, known);
    if (!meant.empty()) {
      throw BadUsage("The environment variable " + name + " is not an option; did you mean " + meant + "?");
    }
    options.ignored_variables.push_back(name);
  }
}

void check_combinations(const Options& options) {
  if (!options.cloudtrail.empty() && options.journal == 0) {
    throw BadUsage("--cloudtrail needs the journal, which --journal 0 turns off.");
  }
  if (options.verify_signatures && options.credentials.empty()) {
    throw BadUsage("--signatures verify needs --credentials FILE.");
  }
  if (!options.mail_flow.s3_profile.empty() && !options.mail_flow.s3_endpoint) {
    throw BadUsage("--s3-credentials has no effect without --s3-endpoint.");
  }
  if (!options.verify_signatures && !options.credentials.empty()) {
    throw BadUsage("--credentials has no effect without --signatures verify.");
  }
}

void prepare_exec(CommandLine& line, const CLI::App& app) {
  if (line.program.empty()) throw BadUsage("exec needs a program after --: workmail-local exec -- PROGRAM.");
  if (app.get_option("--listen")->count() > 0) {
    throw BadUsage("exec listens on a free port of localhost: --listen has no effect.");
  }
  line.command = Command::Exec;
}

// By default, requests are not logged, because users want to see the output of the program.
void quieten_exec(Options& options) {
  const bool wanted = options.given.count("--log") > 0 || options.given.count("--log-level") > 0;
  if (!wanted) options.log_level = LogLevel::Warning;
}

void check_port_is_known(const Options& options) {
  if (options.listen.port == 0 && options.port_file.empty()) {
    throw BadUsage("healthcheck of a server with port 0 needs --port-file.");
  }
}

}  // namespace

auto environment() -> Environment {
  Environment variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

namespace {

// Creates the parser, with all options and commands.
struct Parser {
  Parser() {
    for (const auto& option : kOptions) {
      const std::string text = std::string(option.help) + " (" + variable_name(option) + ")";
      auto* flag = app.add_option(flag_name(option), text)->type_name(option.value);
      if (separator_of(option)) flag->take_all()->allow_extra_args(false);
    }
    app.set_version_flag("-V,--version", version_text(), "print version, commit and libraries");
    licenses = app.add_flag("--licenses")->description("print the licenses of the libraries");
    app.set_help_flag("-h,--help", "print this help");
    // Commands inherit what was set so far.
    app.fallthrough();
    app.require_subcommand(0, 1);
    exec = app.add_subcommand("exec",
                              "run a program with its own server, which AWS's SDKs find: exec [OPTIONS] -- PROGRAM...");
    operations = app.add_subcommand("operations", "print the operations, one per line");
    health_check = app.add_subcommand("healthcheck", "exit 0 when the server that these options configure is healthy");
    help = app.add_subcommand("help", "print this help; help COMMAND: the help of a command");
    version = app.add_subcommand("version", "print version, commit and libraries");
    wait_flag = health_check->add_option("--wait", wait, "retry for this long [0s]")->type_name("DURATION");
  }

  // Help for the given command, or for the program.
  auto help_text() -> std::string {
    const auto commands = app.get_subcommands();
    const CLI::Formatter formatter;
    if (commands.empty() || commands.front() == help)
      return formatter.make_help(&app, app.get_name(), CLI::AppFormatMode::Normal);
    CLI::App* command = commands.front();
    std::string text = command->get_description() + "\nUsage: workmail-local " + command->get_name();
    if (command != exec && command != health_check) return text + "\n";
    if (command == exec) app.get_option("--listen")->group("");
    text += command == exec ? " [OPTIONS] -- PROGRAM [ARGUMENT...]\n\n" : " [OPTIONS]\n\n";
    return text + formatter.make_groups(command, CLI::AppFormatMode::Sub) +
           formatter.make_groups(&app, CLI::AppFormatMode::Normal);
  }

  std::string wait;
  CLI::App app{"Emulates the Amazon WorkMail API on this machine. Without a command: runs the server.",
               "workmail-local"};
  CLI::App* exec = nullptr;
  CLI::App* operations = nullptr;
  CLI::App* health_check = nullptr;
  CLI::App* help = nullptr;
  CLI::App* version = nullptr;
  CLI::Option* licenses = nullptr;
  CLI::Option* wait_flag = nullptr;
};

// `help COMMAND` is the same as `COMMAND --help`.
auto with_help_as_flag(std::vector<std::string> arguments) -> std::vector<std::string> {
  if (arguments.size() < 2 || arguments.front() != "help") return arguments;
  std::rotate(arguments.begin(), arguments.begin() + 1, arguments.end());
  arguments.back() = "--help";
  return arguments;
}

// The text to print, if the arguments ask for one.
auto parse(Parser& parser, const std::vector<std::string>& arguments) -> std::optional<std::string> {
  const auto is_named = [&arguments](const CLI::App* command) { return command->get_name() == arguments[1]; };
  const bool of_command = arguments.size() > 1 && arguments.front() == "help";
  if (of_command && parser.app.get_subcommands(is_named).empty()) {
    throw BadUsage(unknown_command(parser.app, arguments[1]));
  }
  try {
    // CLI11 takes the last argument first.
    const auto words = with_help_as_flag(arguments);
    parser.app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    return parser.help_text();
  } catch (const CLI::CallForVersion&) {
    return version_text();
  } catch (const CLI::ParseError& error) {
    throw BadUsage(usage_error(parser.app, error));
  }
  if (parser.help->parsed()) return parser.help_text();
  if (parser.version->parsed()) return version_text();
  if (parser.licenses->count() > 0) return std::string(licenses_text());
  return std::nullopt;
}

}  // namespace

auto parse_command_line(const std::vector<std::string>& arguments, const Environment& environment) -> CommandLine {
  CommandLine line;
  // The remaining arguments are for another program.
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  if (dashes != arguments.end()) line.program.assign(dashes + 1, arguments.end());
  Parser parser;
  if (auto text = parse(parser, {arguments.begin(), dashes})) {
    return {.command = Command::Print, .text = *std::move(text)};
  }

  const bool exec = parser.exec->parsed();
  if (exec) prepare_exec(line, parser.app);
  if (!exec && dashes != arguments.end()) throw BadUsage("Only exec takes a program after --.");
  apply_flags(line.options, parser.app);
  apply_variables(line.options, parser.app, environment);
  check_other_variables(line.options, environment);
  check_combinations(line.options);
  if (exec) line.options.listen = kFreePort;
  if (exec) quieten_exec(line.options);
  if (parser.operations->parsed()) line.command = Command::Operations;
  if (parser.health_check->parsed()) {
    check_port_is_known(line.options);
    line.command = Command::HealthCheck;
  }
  if (parser.wait_flag->count() > 0) {
    const auto parsed = api::parse_duration(parser.wait);
    if (!parsed) throw BadUsage("--wait must be a duration such as 10s, not \"" + parser.wait + "\".");
    line.wait = *parsed;
  }
  return line;
}

}  // namespace workmail::server
