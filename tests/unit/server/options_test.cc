#include "server/options.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

using std::chrono::seconds;

// Why a command line is refused; empty when it is taken.
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
  EXPECT_EQ(line.options.max_body, 1'048'576U);
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
  EXPECT_EQ(options.max_body, 10U);
  EXPECT_EQ(options.log, LogFormat::Json);
  EXPECT_EQ(options.log_level, LogLevel::Debug);
}

const std::vector<std::string> kFlags = {
    "--listen",    "[::]:1",       "--port-file",  "p",         "--data",        "d",
    "--account",   "123456789012", "--region",     "eu-west-1", "--pace",        "20s",
    "--domains",   "pending",      "--deleted",    "hide",      "--clock",       "1970-01-01T00:00:01Z",
    "--ids",       "sequential",   "--max-body",   "10",        "--log",         "json",
    "--log-level", "debug",        "--signatures", "verify",    "--credentials", "c",
    "--redact",    "all"};

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
                                {"WORKMAIL_MAX_BODY", "10"},
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

TEST(Options, OfAFlagBeatAVariable) {
  const auto line = parse_command_line({"--pace=5s"}, {{"WORKMAIL_PACE", "7s"}, {"WORKMAIL_REGION", "eu-west-1"}});
  EXPECT_EQ(line.options.settings.pace, seconds(5));
  EXPECT_EQ(line.options.settings.region, "eu-west-1");
  EXPECT_EQ(refusal({"--pace=5s"}, {{"WORKMAIL_PACE", "wrong"}}), "");
}

TEST(Options, OfAnEmptyVariableAreUnset) {
  EXPECT_EQ(parse_command_line({}, {{"WORKMAIL_PACE", ""}}).options.settings.pace, Duration(0));
}

TEST(Options, WithAWrongValueAreRefused) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--listen", "localhost"}, "--listen wants"},
      {{"--account", "12345678901"}, "--account wants twelve digits"},
      {{"--account", "12345678901x"}, "--account wants"},
      {{"--region", "EU West"}, "--region wants"},
      {{"--pace", "-1s"}, "--pace wants a duration"},
      {{"--domains", "no"}, "--domains wants verified or pending"},
      {{"--deleted", "no"}, "--deleted wants"},
      {{"--clock", "now"}, "--clock wants a time"},
      {{"--ids", "uuid"}, "--ids wants"},
      {{"--max-body", "1k"}, "--max-body wants a number"},
      {{"--max-body", "0"}, "--max-body wants"},
      {{"--signatures", "on"}, "--signatures wants off or verify"},
      {{"--signatures", "verify"}, "--signatures verify wants the keys"},
      {{"--credentials", "keys"}, "--credentials is for --signatures verify"},
      {{"--credentials", "keys", "--signatures", "off"}, "--credentials is for --signatures verify"},
      {{"--cloudtrail", "f", "--journal", "0"}, "--cloudtrail writes what the journal notes"},
      {{"--redact", "none"}, "--redact wants secrets or all"},
      {{"--log", "xml"}, "--log wants text, json or off"},
      {{"--log-level", "loud"}, "--log-level wants"},
      {{"--log", "text", "--log", "json"}, "--log"},
  };
  for (const auto& [arguments, part] : cases) {
    EXPECT_NE(refusal(arguments).find(part), std::string::npos) << arguments[1] << ": " << refusal(arguments);
  }
}

TEST(Options, ThatNobodyKnowsAreRefused) {
  EXPECT_NE(refusal({"--nothing"}).find("--nothing"), std::string::npos);
  EXPECT_NE(refusal({"-l", "x"}).find("-l"), std::string::npos);
  EXPECT_NE(refusal({"serve"}).find("serve"), std::string::npos);
  EXPECT_NE(refusal({}, {{"WORKMAIL_NOTHING", ""}}).find("WORKMAIL_NOTHING"), std::string::npos);
  EXPECT_NE(refusal({"operations"}, {{"WORKMAIL_NOTHING", "x"}}).find("WORKMAIL_NOTHING"), std::string::npos);
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
}

}  // namespace
}  // namespace workmail::server
