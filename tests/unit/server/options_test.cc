#include "server/options.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

using std::chrono::seconds;

// Why a command line is rejected; empty if it is accepted.
auto refusal(const std::vector<std::string>& arguments, const Environment& environment = {}) -> std::string {
  try {
    parse_command_line(arguments, environment);
    return {};
  } catch (const BadUsage& bad) {
    return bad.what();
  }
}

TEST(Options, HaveDefaults) {
  const auto line = parse_command_line({}, {});
  EXPECT_EQ(line.command, Command::Run);
  EXPECT_EQ(line.options.listen.host, "localhost");
  EXPECT_EQ(line.options.listen.port, 9675);
  EXPECT_EQ(line.options.port_file, "");
  EXPECT_EQ(line.options.data, "");
  EXPECT_EQ(line.options.settings.account, "000000000000");
  EXPECT_EQ(line.options.settings.region, "us-east-1");
  EXPECT_EQ(line.options.settings.pace, Duration(0));
  EXPECT_TRUE(line.options.settings.domains_become_verified);
  EXPECT_TRUE(line.options.settings.lists_show_deleted);
  EXPECT_EQ(line.options.settings.redact, api::Redact::Secrets);
  EXPECT_EQ(line.options.settings.clock, std::nullopt);
  EXPECT_EQ(line.options.ids, api::Ids::Mode::Random);
  EXPECT_FALSE(line.options.verify_signatures);
  EXPECT_EQ(line.options.credentials, "");
  EXPECT_EQ(line.options.seeds, std::vector<std::string>());
  EXPECT_EQ(line.options.journal, 1000U);
  EXPECT_EQ(line.options.cloudtrail, "");
  EXPECT_EQ(line.options.control_token, "");
  EXPECT_EQ(line.options.cors_origins, std::vector<std::string>());
  EXPECT_FALSE(line.options.mail_flow.lambda_endpoint);
  EXPECT_FALSE(line.options.mail_flow.s3_endpoint);
  EXPECT_EQ(line.options.mail_flow.s3_profile, "");
  EXPECT_TRUE(line.options.given.empty());
  EXPECT_TRUE(line.options.ignored_variables.empty());
  EXPECT_EQ(line.options.max_body, 1'048'576U);
  EXPECT_EQ(line.options.memory_limit, 1'073'741'824U);
  EXPECT_EQ(line.options.log, LogFormat::Text);
  EXPECT_EQ(line.options.log_level, LogLevel::Info);
}

void expect_other_values(const Options& options) {
  EXPECT_EQ(options.listen.host, "::");
  EXPECT_EQ(options.listen.port, 1);
  EXPECT_EQ(options.port_file, "p");
  EXPECT_EQ(options.data, "d");
  EXPECT_EQ(options.settings.account, "123456789012");
  EXPECT_EQ(options.settings.region, "eu-west-1");
  EXPECT_EQ(options.settings.pace, seconds(20));
  EXPECT_FALSE(options.settings.domains_become_verified);
  EXPECT_FALSE(options.settings.lists_show_deleted);
  EXPECT_EQ(options.settings.redact, api::Redact::All);
  EXPECT_EQ(options.settings.clock, Time(seconds(1)));
  EXPECT_EQ(options.ids, api::Ids::Mode::Sequential);
  EXPECT_TRUE(options.verify_signatures);
  EXPECT_EQ(options.credentials, "c");
  EXPECT_EQ(options.seeds, (std::vector<std::string>{"s", "t"}));
  EXPECT_EQ(options.journal, 5U);
  EXPECT_EQ(options.cloudtrail, "r");
  EXPECT_EQ(options.control_token, "!t~");
  EXPECT_EQ(options.cors_origins, (std::vector<std::string>{"https://a.example", "https://b.example"}));
  ASSERT_TRUE(options.mail_flow.lambda_endpoint && options.mail_flow.s3_endpoint);
  EXPECT_EQ(options.mail_flow.lambda_endpoint->authority, "localhost:3001");
  EXPECT_EQ(options.mail_flow.s3_endpoint->path_prefix, "/s3");
  EXPECT_EQ(options.mail_flow.s3_profile, "minio");
  EXPECT_EQ(options.max_body, 10U);
  EXPECT_EQ(options.memory_limit, 4'194'304U);
  EXPECT_EQ(options.log, LogFormat::Json);
  EXPECT_EQ(options.log_level, LogLevel::Debug);
}

const std::vector<std::string> kFlags = {"--listen",
                                         "[::]:1",
                                         "--port-file",
                                         "p",
                                         "--data",
                                         "d",
                                         "--account",
                                         "123456789012",
                                         "--region",
                                         "eu-west-1",
                                         "--pace",
                                         "20s",
                                         "--domains",
                                         "pending",
                                         "--deleted",
                                         "hide",
                                         "--clock",
                                         "1970-01-01T00:00:01Z",
                                         "--ids",
                                         "sequential",
                                         "--max-body",
                                         "10",
                                         "--log",
                                         "json",
                                         "--log-level",
                                         "debug",
                                         "--signatures",
                                         "verify",
                                         "--credentials",
                                         "c",
                                         "--seed",
                                         "s",
                                         "--seed",
                                         "t",
                                         "--journal",
                                         "5",
                                         "--cloudtrail",
                                         "r",
                                         "--control-token",
                                         "!t~",
                                         "--cors-origin",
                                         "https://a.example",
                                         "--cors-origin",
                                         "https://b.example",
                                         "--redact",
                                         "all",
                                         "--lambda-endpoint",
                                         "http://localhost:3001",
                                         "--s3-endpoint",
                                         "http://minio:9000/s3",
                                         "--s3-credentials",
                                         "minio",
                                         "--memory-limit",
                                         "4194304"};

const Environment kVariables = {{"WORKMAIL_LISTEN", "[::]:1"},
                                {"WORKMAIL_PORT_FILE", "p"},
                                {"WORKMAIL_DATA", "d"},
                                {"WORKMAIL_ACCOUNT", "123456789012"},
                                {"WORKMAIL_REGION", "eu-west-1"},
                                {"WORKMAIL_PACE", "PT20S"},
                                {"WORKMAIL_DOMAINS", "pending"},
                                {"WORKMAIL_DELETED", "hide"},
                                {"WORKMAIL_CLOCK", "1970-01-01T00:00:01Z"},
                                {"WORKMAIL_IDS", "sequential"},
                                {"WORKMAIL_SIGNATURES", "verify"},
                                {"WORKMAIL_CREDENTIALS", "c"},
                                {"WORKMAIL_REDACT", "all"},
                                {"WORKMAIL_LAMBDA_ENDPOINT", "http://localhost:3001"},
                                {"WORKMAIL_S3_ENDPOINT", "http://minio:9000/s3"},
                                {"WORKMAIL_S3_CREDENTIALS", "minio"},
                                {"WORKMAIL_SEED", "s:t"},
                                {"WORKMAIL_JOURNAL", "5"},
                                {"WORKMAIL_CLOUDTRAIL", "r"},
                                {"WORKMAIL_CONTROL_TOKEN", "!t~"},
                                {"WORKMAIL_CORS_ORIGIN", "https://a.example,https://b.example"},
                                {"WORKMAIL_MAX_BODY", "10"},
                                {"WORKMAIL_MEMORY_LIMIT", "4194304"},
                                {"WORKMAIL_LOG", "json"},
                                {"WORKMAIL_LOG_LEVEL", "debug"},
                                {"WORKMAIL_URL", "http://localhost:1"},
                                {"PATH", "/bin"}};

TEST(Options, AreFlags) {
  expect_other_values(parse_command_line(kFlags, {}).options);
}

TEST(Options, AreVariables) {
  expect_other_values(parse_command_line({}, kVariables).options);
}

TEST(Options, PreferAFlagToAVariable) {
  const auto line = parse_command_line({"--pace=5s"}, {{"WORKMAIL_PACE", "7s"}, {"WORKMAIL_REGION", "eu-west-1"}});
  EXPECT_EQ(line.options.settings.pace, seconds(5));
  EXPECT_EQ(line.options.settings.region, "eu-west-1");
  EXPECT_EQ(refusal({"--pace=5s"}, {{"WORKMAIL_PACE", "wrong"}}), "");
  EXPECT_EQ(parse_command_line({"--seed", "a"}, {{"WORKMAIL_SEED", "b:c"}}).options.seeds,
            std::vector<std::string>{"a"});
}

TEST(Options, TakeSeveralValuesFromAVariable) {
  const auto seeds = [](const std::string& value) {
    return parse_command_line({}, {{"WORKMAIL_SEED", value}}).options.seeds;
  };
  EXPECT_EQ(seeds("one"), std::vector<std::string>{"one"});
  EXPECT_EQ(seeds("one:two words:three,3"), (std::vector<std::string>{"one", "two words", "three,3"}));
  EXPECT_EQ(seeds(":one: :two "), (std::vector<std::string>{"one", "two"}));
  const Environment origins{{"WORKMAIL_CORS_ORIGIN", "https://a.example:8443, https://b.example,"}};
  EXPECT_EQ(parse_command_line({}, origins).options.cors_origins,
            (std::vector<std::string>{"https://a.example:8443", "https://b.example"}));
  // A flag has one value each time, even if it contains separators.
  EXPECT_EQ(parse_command_line({"--seed", "a:b"}, {}).options.seeds, std::vector<std::string>{"a:b"});
  // Other options have one value.
  EXPECT_EQ(parse_command_line({}, {{"WORKMAIL_DATA", "a:b,c"}}).options.data, "a:b,c");
}

TEST(Options, AreListedWithoutSecrets) {
  using Given = std::map<std::string, std::string>;
  const auto line = parse_command_line({"--seed", "a", "--seed", "b", "--control-token", "t0ken"},
                                       {{"WORKMAIL_PACE", "5s"}, {"WORKMAIL_CONTROL_TOKEN", "other"}});
  EXPECT_EQ(line.options.given, (Given{{"--seed", "a, b"}, {"--control-token", "********"}, {"--pace", "5s"}}));
  EXPECT_EQ(refusal({"--control-token", "not a t0ken"}),
            "--control-token must be printable ASCII characters without spaces.");
  EXPECT_EQ(refusal({}, {{"WORKMAIL_CONTROL_TOKEN", "not a t0ken"}}),
            "WORKMAIL_CONTROL_TOKEN must be printable ASCII characters without spaces.");
}

TEST(Options, HaveBounds) {
  EXPECT_EQ(parse_command_line({"--journal", "0"}, {}).options.journal, 0U);
  EXPECT_EQ(parse_command_line({"--journal", "1000000"}, {}).options.journal, 1'000'000U);
  EXPECT_EQ(refusal({"--journal", "1000001"}), "--journal must be a number from 0 to 1000000, not \"1000001\".");
  EXPECT_NE(refusal({"--journal", "-1"}), "");
  EXPECT_NE(refusal({"--journal", ""}), "");
  EXPECT_NE(refusal({"--journal", "5x"}), "");
  EXPECT_NE(refusal({"--journal", "99999999999999999999"}), "");
  EXPECT_EQ(parse_command_line({"--max-body", "1"}, {}).options.max_body, 1U);
  EXPECT_EQ(parse_command_line({"--max-body", "1073741824"}, {}).options.max_body, 1'073'741'824U);
  EXPECT_NE(refusal({"--max-body", "1073741825"}), "");
}

TEST(Options, AreUnsetByAnEmptyVariable) {
  EXPECT_EQ(parse_command_line({}, {{"WORKMAIL_PACE", ""}}).options.settings.pace, Duration(0));
}

TEST(Options, RejectInvalidValues) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--listen", "localhost"}, "--listen must be"},
      {{"--account", "12345678901"}, "--account must be twelve digits"},
      {{"--account", "12345678901x"}, "--account must be"},
      {{"--region", "EU West"}, "--region must be"},
      {{"--pace", "-1s"}, "--pace must be a duration"},
      {{"--domains", "no"}, "--domains must be verified or pending"},
      {{"--deleted", "no"}, "--deleted must be"},
      {{"--clock", "now"}, "--clock must be a time"},
      {{"--ids", "uuid"}, "--ids must be"},
      {{"--max-body", "1k"}, "--max-body must be a number"},
      {{"--max-body", "0"}, "--max-body must be"},
      {{"--memory-limit", "4194303"}, "--memory-limit must be a number of bytes"},
      {{"--memory-limit", "1GiB"}, "--memory-limit must be"},
      {{"--signatures", "on"}, "--signatures must be off or verify"},
      {{"--signatures", "verify"}, "--signatures verify needs --credentials"},
      {{"--credentials", "keys"}, "--credentials has no effect without --signatures verify"},
      {{"--credentials", "keys", "--signatures", "off"}, "--credentials has no effect without --signatures verify"},
      {{"--cloudtrail", "f", "--journal", "0"}, "--cloudtrail needs the journal"},
      {{"--redact", "none"}, "--redact must be secrets or all"},
      {{"--lambda-endpoint", "https://localhost"},
       "--lambda-endpoint must be a URL that begins with http://, because TLS is not supported, not "
       "\"https://localhost\"."},
      {{"--s3-endpoint", "localhost:9000"},
       "--s3-endpoint must be a URL such as http://localhost:9000, not \"localhost"},
      {{"--s3-credentials", "minio"}, "--s3-credentials has no effect without --s3-endpoint."},
      {{"--log", "xml"}, "--log must be text, json or off"},
      {{"--log-level", "loud"}, "--log-level must be"},
      {{"--log", "text", "--log", "json"}, "--log"},
      {{"--control-token", ""}, "--control-token must be"},
      {{"--control-token", "\x7f"}, "--control-token must be"},
      {{"--cors-origin", "console.example"}, "--cors-origin must be an origin"},
      {{"--cloudtrail", "f", "--journal", "0"}, "--cloudtrail needs the journal"},
      {{"healthcheck", "--listen", "localhost:0"}, "healthcheck of a server with port 0 needs --port-file"},
  };
  for (const auto& [arguments, part] : cases) {
    EXPECT_NE(refusal(arguments).find(part), std::string::npos) << arguments[1] << ": " << refusal(arguments);
  }
}

TEST(Options, HidePasswordsInUrls) {
  EXPECT_EQ(refusal({"--s3-endpoint", "http://user:pass@localhost"}),
            "--s3-endpoint must be a URL without user and password.");
}

TEST(Options, RejectUnknownNames) {
  const std::string help = " See workmail-local --help.";
  EXPECT_EQ(refusal({"--nothing"}), "There is no option --nothing." + help);
  EXPECT_EQ(refusal({"-l", "x"}), "There is no option -l." + help);
  EXPECT_EQ(refusal({"--dta", "x"}), "There is no option --dta; did you mean --data?" + help);
  EXPECT_EQ(refusal({"exec", "--Log-Levl=debug", "--", "true"}),
            "There is no option --Log-Levl; did you mean --log-level?" + help);
  EXPECT_EQ(refusal({"healthcheck", "--wiat", "3s"}), "There is no option --wiat; did you mean --wait?" + help);
  EXPECT_EQ(refusal({"--wait", "3s"}), "Only healthcheck takes --wait." + help);
  EXPECT_EQ(refusal({"serve"}), "There is no command serve." + help);
  EXPECT_EQ(refusal({"opertions"}), "There is no command opertions; did you mean operations?" + help);
  EXPECT_EQ(refusal({"help", "opertions"}), "There is no command opertions; did you mean operations?" + help);
  EXPECT_EQ(refusal({"operations", "more"}), "operations takes no argument more." + help);
  EXPECT_EQ(refusal({"exec", "pytest"}), "exec takes its program after --: workmail-local exec -- pytest." + help);
}

TEST(Options, HaveOneValue) {
  const std::string help = " See workmail-local --help.";
  EXPECT_EQ(refusal({"--listen", "a:0", "--listen", "b:0"}),
            "--listen can be given only once: it has one value, HOST:PORT." + help);
  EXPECT_EQ(refusal({"--data"}), "--data needs a value: --data FILE." + help);
  EXPECT_EQ(refusal({"--seed"}), "--seed needs a value: --seed PATH." + help);
  EXPECT_EQ(refusal({"healthcheck", "--wait"}), "--wait needs a value: --wait DURATION." + help);
  EXPECT_EQ(refusal({"healthcheck", "--wait", "1s", "--wait", "2s"}),
            "--wait can be given only once: it has one value, DURATION." + help);
}

TEST(Options, RejectMisspelledVariables) {
  const std::pair<const char*, const char*> cases[] = {
      {"WORKMAIL_LISTN", "WORKMAIL_LISTEN"},       {"WORKMAIL_SEEDS", "WORKMAIL_SEED"},
      {"WORKMAIL_ACOUNT", "WORKMAIL_ACCOUNT"},     {"WORKMAIL_REGON", "WORKMAIL_REGION"},
      {"WORKMAIL_CLOK", "WORKMAIL_CLOCK"},         {"WORKMAIL_JOURNL", "WORKMAIL_JOURNAL"},
      {"WORKMAIL_LOG_LEVL", "WORKMAIL_LOG_LEVEL"}, {"WORKMAIL_MAXBODY", "WORKMAIL_MAX_BODY"},
      {"WORKMAIL_LOGLEVEL", "WORKMAIL_LOG_LEVEL"}, {"WORKMAIL_CORS_ORIGINS", "WORKMAIL_CORS_ORIGIN"},
      {"WORKMAIL_DTA", "WORKMAIL_DATA"},           {"WORKMAIL_Data", "WORKMAIL_DATA"}};
  for (const auto& [name, meant] : cases) {
    const std::string sentence =
        "The environment variable " + std::string(name) + " is not an option; did you mean " + meant + "?";
    EXPECT_EQ(refusal({}, {{name, "x"}}), sentence);
    EXPECT_EQ(refusal({}, {{name, ""}}), sentence);
    EXPECT_EQ(refusal({"operations"}, {{name, "x"}}), sentence);
    EXPECT_EQ(refusal({"healthcheck"}, {{name, "x"}}), sentence);
    EXPECT_EQ(refusal({"exec", "--", "true"}, {{name, "x"}}), sentence);
  }
}

TEST(Options, IgnoreVariablesOfOtherPrograms) {
  const Environment others{{"WORKMAIL_CREDENTIAL", "c"},
                           {"WORKMAIL_DATE", "2026-05-01"},
                           {"WORKMAIL_DOMAIN", "acme.example"},
                           {"WORKMAIL_FEED", "f"},
                           {"WORKMAIL_ID", "1"},
                           {"WORKMAIL_IDP", "okta"},
                           {"WORKMAIL_LOCAL_PORT_9675_TCP", "tcp://10.0.0.1:9675"},
                           {"WORKMAIL_ORGANIZATION_ID", "m-1"},
                           {"WORKMAIL_PATH", "/srv"},
                           {"WORKMAIL_PORT", "tcp://10.0.0.1:9675"},
                           {"WORKMAIL_RATE", "5"},
                           {"WORKMAIL_SERVICE_HOST", "10.0.0.1"}};
  Environment environment = others;
  environment.insert({{"WORKMAIL_URL", "http://localhost:1"}, {"WORKMAIL_REGION", "eu-west-1"}, {"WORKER", "1"}});
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{}, {"healthcheck"}, {"operations"}, {"exec", "--", "true"}}) {
    const auto line = parse_command_line(arguments, environment);
    std::vector<std::string> names;
    for (const auto& [name, value] : others) names.push_back(name);
    EXPECT_EQ(line.options.ignored_variables, names);
    EXPECT_EQ(line.options.settings.region, "eu-west-1");
  }
}

TEST(CommandLine, HasCommands) {
  EXPECT_EQ(parse_command_line({"operations"}, {}).command, Command::Operations);
  const auto check = parse_command_line({"healthcheck", "--wait", "10s", "--listen", "localhost:1"}, {});
  EXPECT_EQ(check.command, Command::HealthCheck);
  EXPECT_EQ(check.wait, seconds(10));
  EXPECT_EQ(check.options.listen.port, 1);
  EXPECT_EQ(parse_command_line({"--help"}, {}).command, Command::Print);
  EXPECT_EQ(parse_command_line({"healthcheck", "--help"}, {}).command, Command::Print);
  EXPECT_EQ(parse_command_line({"--version"}, {}).command, Command::Print);
  EXPECT_NE(refusal({"operations", "healthcheck"}), "");
  EXPECT_NE(refusal({"--wait", "10s"}), "");
  EXPECT_EQ(parse_command_line({"healthcheck", "--listen", "localhost:0", "--port-file", "p"}, {}).command,
            Command::HealthCheck);
}

auto text_of(const std::vector<std::string>& arguments) -> std::string {
  const auto line = parse_command_line(arguments, {});
  EXPECT_EQ(line.command, Command::Print);
  return line.text;
}

TEST(CommandLine, PrintsTheVersionAndTheHelp) {
  const std::string version = text_of({"--version"});
  EXPECT_TRUE(version.starts_with("workmail-local ") && version.ends_with("\n")) << version;
  for (const auto* part : {"\ncommit: ", "\nlibraries: Boost 1.", ", PCRE2 10.", ", SQLite 3."}) {
    EXPECT_NE(version.find(part), std::string::npos) << version;
  }
  EXPECT_EQ(text_of({"-V"}), version);
  EXPECT_EQ(text_of({"version"}), version);
  const std::string licenses = text_of({"--licenses"});
  for (const auto* part : {"Boost Software License", "GCC RUNTIME LIBRARY EXCEPTION", "preact"}) {
    EXPECT_NE(licenses.find(part), std::string::npos) << part;
  }

  const std::string help = text_of({"--help"});
  EXPECT_EQ(text_of({"-h"}), help);
  EXPECT_EQ(text_of({"help"}), help);
  EXPECT_EQ(text_of({"--log", "off", "help"}), help);
  for (const auto* part : {"--listen", "WORKMAIL_MAX_BODY", "-V,--version", "--licenses", "  exec ", "  healthcheck ",
                           "  operations ", "  help ", "  version "}) {
    EXPECT_NE(help.find(part), std::string::npos) << part << help;
  }
  // The help of --seed, --cors-origin and --allowed-host, independently of line breaks.
  std::string words;
  for (const char c : help) {
    const bool space = c == ' ' || c == '\n';
    if (!space || !words.ends_with(' ')) words += space ? ' ' : c;
  }
  int repeatable = 0;
  const std::string sentence = "repeatable, separated by ";
  for (auto at = words.find(sentence); at != std::string::npos; at = words.find(sentence, at + 1)) ++repeatable;
  EXPECT_EQ(repeatable, 3) << help;
}

TEST(CommandLine, PrintsTheHelpOfACommand) {
  const std::string exec = text_of({"exec", "--help"});
  EXPECT_EQ(text_of({"exec", "-h"}), exec);
  EXPECT_EQ(text_of({"help", "exec"}), exec);
  EXPECT_NE(exec.find("Usage: workmail-local exec [OPTIONS] -- PROGRAM"), std::string::npos) << exec;
  EXPECT_NE(exec.find("--seed PATH"), std::string::npos) << exec;
  EXPECT_NE(exec.find("WORKMAIL_LOG_LEVEL"), std::string::npos) << exec;
  EXPECT_EQ(exec.find("--listen"), std::string::npos) << "exec does not take it";
  const std::string health_check = text_of({"healthcheck", "--help"});
  EXPECT_NE(health_check.find("--wait DURATION"), std::string::npos) << health_check;
  EXPECT_NE(health_check.find("--listen HOST:PORT"), std::string::npos) << health_check;
  EXPECT_EQ(text_of({"help", "operations"}), text_of({"operations", "--help"}));
  EXPECT_EQ(text_of({"operations", "--help"}).find("--listen"), std::string::npos);
  EXPECT_EQ(refusal({"help", "serve"}), "There is no command serve. See workmail-local --help.");
}

TEST(CommandLine, LowersTheLogLevelForExecByDefault) {
  const auto options = [](std::vector<std::string> arguments, const Environment& environment = {}) {
    arguments.insert(arguments.begin(), "exec");
    arguments.insert(arguments.end(), {"--", "true"});
    return parse_command_line(arguments, environment).options;
  };
  EXPECT_EQ(options({}).log_level, LogLevel::Warning);
  EXPECT_EQ(options({"--log", "text"}).log_level, LogLevel::Info);
  EXPECT_EQ(options({}, {{"WORKMAIL_LOG", "json"}}).log_level, LogLevel::Info);
  EXPECT_EQ(options({"--log-level", "debug"}).log_level, LogLevel::Debug);
  EXPECT_EQ(options({"--log", "text", "--log-level", "error"}).log_level, LogLevel::Error);
  EXPECT_EQ(options({}, {{"WORKMAIL_LISTEN", "[::]:1"}}).listen.host, "localhost");
}

}  // namespace
}  // namespace workmail::server
