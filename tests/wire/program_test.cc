// The built program: its commands, its start and end, and what persists.
#include "program.h"
#include "running.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>

#include "server/process/version.h"
#include "wire.h"

namespace workmail::server {
namespace {

using Arguments = std::vector<std::string>;

// The program prints one sentence and exits with status 2.
void expect_refusal(const Arguments& arguments, const Program::Variables& variables, const std::string& part) {
  Program program(arguments, variables);
  EXPECT_EQ(program.wait(), 2);
  EXPECT_EQ(program.output(), "");
  const std::string errors = program.errors();
  EXPECT_TRUE(errors.starts_with("workmail-local: ")) << errors;
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
  EXPECT_NE(errors.find(part), std::string::npos) << errors;
}

TEST(Program, PrintsHelpAndVersion) {
  Program help({"--help"});
  EXPECT_EQ(help.wait(), 0);
  for (const auto* part : {"--listen", "WORKMAIL_MAX_BODY", "healthcheck", "operations"}) {
    EXPECT_NE(help.output().find(part), std::string::npos) << part;
  }
  Program version({"--version"});
  EXPECT_EQ(version.wait(), 0);
  EXPECT_EQ(version.output(), version_text());
}

TEST(Program, PrintsTheOperations) {
  Program program({"operations"});
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(std::count(program.output().begin(), program.output().end(), '\n'), 92 + 2);
  EXPECT_NE(program.output().find("\nCreateUser\n"), std::string::npos);
}

TEST(Program, RefusesAProfileThatTheCredentialsFileDoesNotHave) {
  const Folder folder;
  std::ofstream(folder.file("keys")) << "[default]\naws_access_key_id = K\naws_secret_access_key = top-secret\n";
  expect_refusal({"--listen", "localhost:0", "--s3-endpoint", "http://localhost:9000", "--s3-credentials", "minio"},
                 {{"AWS_SHARED_CREDENTIALS_FILE", folder.file("keys")}},
                 "The credentials file " + folder.file("keys") + " cannot be used: it has no profile [minio].");
}

TEST(Program, RefusesWhatItDoesNotKnow) {
  expect_refusal({"--lissten", "localhost:0"}, {}, "--lissten");
  expect_refusal({"start"}, {}, "start");
  expect_refusal({"--listen"}, {}, "--listen");
  expect_refusal({"--pace", "slow"}, {}, "--pace must be a duration");
  expect_refusal({}, {{"WORKMAIL_PACE", "slow"}}, "WORKMAIL_PACE must be a duration");
  expect_refusal({"--lambda-endpoint", "https://localhost:3001"}, {},
                 "--lambda-endpoint must be a URL that begins with http://, because TLS is not supported");
  expect_refusal({}, {{"WORKMAIL_LISSTEN", "localhost:0"}},
                 "WORKMAIL_LISSTEN is not an option; did you mean WORKMAIL_LISTEN?");
}

// As in a pod beside a Service that is called workmail.
TEST(Program, RunsAmongTheVariablesOfOthers) {
  const Program::Variables others{{"WORKMAIL_PORT", "tcp://10.0.0.1:9675"},
                                  {"WORKMAIL_PORT_9675_TCP_ADDR", "10.0.0.1"},
                                  {"WORKMAIL_SERVICE_HOST", "10.0.0.1"},
                                  {"WORKMAIL_ORGANIZATION_ID", "m-1"},
                                  {"WORKMAIL_URL", "http://elsewhere"}};
  Running program({"--log-level", "debug"}, others);
  EXPECT_EQ(program.call("ListOrganizations", "{}").status, 200);
  Program check({"healthcheck", "--listen", "localhost:" + std::to_string(program.port())}, others);
  EXPECT_EQ(check.wait(), 0) << check.errors();
  Program exec({"exec", "--", "true"}, others);
  EXPECT_EQ(exec.wait(), 0) << exec.errors();
  EXPECT_EQ(exec.errors(), "");
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const std::string log = program.errors();
  for (const auto& [name, value] : others) {
    const std::string line =
        "debug   message=\"The environment variable " + name + " is not an option and is ignored.\"\n";
    EXPECT_EQ(log.find(line) != std::string::npos, name != "WORKMAIL_URL") << name << log;
  }
}

TEST(Program, PrintsItsAddressAndThenThatItIsReady) {
  Running program({}, {{"WORKMAIL_URL", "http://ignored"}});
  const std::string url = "http://localhost:" + std::to_string(program.port());
  EXPECT_TRUE(program.output().starts_with("workmail-local " + std::string(kVersion) + "\n"));
  for (const auto* name : {"AWS_ENDPOINT_URL_WORKMAIL", "AWS_ENDPOINT_URL_WORKMAILMESSAGEFLOW"})
    EXPECT_NE(program.output().find(std::string("export ") + name + "=" + url + "\n"), std::string::npos);
  EXPECT_NE(program.output().find("in memory"), std::string::npos);
  EXPECT_EQ(program.call("ListOrganizations", "{}").status, 200);
}

TEST(Program, ExitsWithZeroOnSignals) {
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
    Running program({});
    Client idle(program.port());
    idle.send(request_text("GET", "/", ""));
    EXPECT_EQ(idle.receive().status, 200);
    program.signal(number);
    EXPECT_EQ(program.wait(), 0);
    EXPECT_TRUE(program.output().ends_with("Ready.\n"));
  }
}

// An incomplete request delays the end of a stopping server.
void begin_request(Client& client) {
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
}

TEST(Program, EndsAtOnceOnTheSecondSignal) {
  Running program({});
  Client client(program.port());
  begin_request(client);
  EXPECT_EQ(program.ask("GET", "/").status, 200);  // so that the other request has been read
  const auto begin = std::chrono::steady_clock::now();
  program.signal(SIGTERM);
  program.signal(SIGINT);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
}

TEST(Program, IgnoresHangUpsUnderNohup) {
  ::signal(SIGHUP, SIG_IGN);
  Running program({});
  ::signal(SIGHUP, SIG_DFL);
  program.signal(SIGHUP);
  // The first request may arrive before the signal.
  for (int i = 0; i < 3; ++i) ASSERT_EQ(program.call("ListOrganizations", "{}").status, 200);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

TEST(Program, WritesThePortFileAndTakesItAway) {
  const Folder folder;
  const std::string file = folder.file("port");
  {
    Running program({"--port-file", file});
    EXPECT_EQ(read_file(file), std::to_string(program.port()) + "\n");
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(file));
  }
  // The file of another server is not removed.
  Running program({"--port-file", file});
  std::ofstream(file) << "1\n";
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(read_file(file), "1\n");
}

TEST(Program, RefusesAPortFileThatCannotBeWritten) {
  const Folder folder;
  expect_refusal({"--listen", "localhost:0", "--port-file", folder.file("missing/port")}, {}, "port file");
  std::filesystem::create_directories(folder.file("port/of"));
  expect_refusal({"--listen", "localhost:0", "--port-file", folder.file("port")}, {}, "port file");
  EXPECT_FALSE(std::filesystem::exists(folder.file("port.new")));
  expect_refusal({"--listen", "localhost:0", "--port-file", "/dev/full/port"}, {}, "port file");
}

TEST(Program, ForgetsThePortFileOfAnEarlierRun) {
  const Folder folder;
  const std::string file = folder.file("port");
  std::ofstream(file) << "1\n";
  std::ofstream(folder.file("data.sqlite")) << "";
  std::filesystem::create_directories(folder.file("taken"));
  // The server ends before it is ready, and a program that waits for the file must not find the old one.
  Running first({});
  expect_refusal({"--listen", "localhost:" + std::to_string(first.port()), "--port-file", file}, {}, "in use");
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Program, RefusesAnAddressInUse) {
  Running program({});
  const std::string port = std::to_string(program.port());
  expect_refusal({"--listen", "localhost:" + port}, {}, "in use");
  expect_refusal({"--listen", "[::1]:" + port}, {}, "[::1]:" + port + " is in use");
  expect_refusal({"--listen", "0.0.0.0:" + port}, {}, "in use");
  expect_refusal({"--listen", "192.0.2.1:0"}, {}, "192.0.2.1:0");
}

TEST(Program, ListensOnEveryInterface) {
  Program program({"--listen", "[::]:0"});
  ASSERT_TRUE(program.wait_until_ready()) << program.errors();
  for (const auto* host : {"127.0.0.1", "::1"}) {
    Client client(program.port(), host);
    client.send(request_text("GET", "/", ""));
    EXPECT_EQ(client.receive().status, 200) << host;
  }
}

TEST(Program, ChecksHealth) {
  Running program({});
  for (const auto* host : {"localhost", "127.0.0.1", "0.0.0.0", "[::]", "[::1]"}) {
    const std::string address = std::string(host) + ":" + std::to_string(program.port());
    Program check({"healthcheck"}, {{"WORKMAIL_LISTEN", address}});
    EXPECT_EQ(check.wait(), 0) << host << check.errors();
  }
  const std::string address = "localhost:" + std::to_string(program.port());
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  Program check({"healthcheck", "--wait", "100ms", "--listen", address});
  EXPECT_EQ(check.wait(), 1);
  EXPECT_NE(check.errors().find(address + " is not healthy: Connection refused"), std::string::npos) << check.errors();
  const Folder folder;
  Program unknown({"healthcheck", "--listen", "localhost:0", "--port-file", folder.file("port")});
  EXPECT_EQ(unknown.wait(), 1);
  EXPECT_EQ(unknown.errors(), "workmail-local: no server is ready: it has not written " + folder.file("port") + ".\n");
  expect_refusal({"healthcheck", "--wait", "long"}, {}, "--wait must be a duration");
}

TEST(Program, WaitsForHealth) {
  const Folder folder;
  const Program::Variables variables{{"WORKMAIL_LISTEN", "localhost:0"}, {"WORKMAIL_PORT_FILE", folder.file("port")}};
  // Starts before the server for which it waits.
  Program check({"healthcheck", "--wait", "20s"}, variables);
  Program program({}, variables);
  ASSERT_TRUE(program.wait_until_ready());
  EXPECT_EQ(check.wait(), 0) << check.errors();
}

TEST(Program, ChecksHealthWithTheToken) {
  Running program({"--control-token", "t0ken"});
  const std::string address = "localhost:" + std::to_string(program.port());
  Program check({"healthcheck", "--listen", address}, {{"WORKMAIL_CONTROL_TOKEN", "t0ken"}});
  EXPECT_EQ(check.wait(), 0) << check.errors();
  Program without({"healthcheck", "--listen", address});
  EXPECT_EQ(without.wait(), 1);
  EXPECT_NE(without.errors().find("is not healthy: The control plane requires the token of --control-token.\n"),
            std::string::npos)
      << without.errors();
  EXPECT_EQ(without.errors().find('{'), std::string::npos) << without.errors();
  // The listed options do not reveal the token.
  Client client(program.port());
  client.send(request_text("GET", "/_workmail/health", "", "Authorization: Bearer t0ken\r\n"));
  const auto health = client.receive();
  EXPECT_EQ(health.status, 200);
  EXPECT_NE(health.body.find(R"("--control-token":"********")"), std::string::npos) << health.body;
  EXPECT_EQ(health.body.find("t0ken"), std::string::npos) << health.body;
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(program.output().find("t0ken"), std::string::npos);
  EXPECT_EQ(program.errors().find("t0ken"), std::string::npos);
}

TEST(Program, KeepsTheDataWhenItIsKilled) {
  const Folder folder;
  const std::string file = folder.file("data.sqlite");
  std::string id;
  {
    Running program({"--data", file, "--clock", "2030-01-01T00:00:00Z"});
    EXPECT_NE(program.output().find("2030-01-01T00:00:00.000Z, frozen"), std::string::npos) << program.output();
    EXPECT_NE(program.output().find(file), std::string::npos);
    EXPECT_EQ(program.output().find("--clock applies only"), std::string::npos);
    id = member_of(program.call("CreateOrganization", R"({"Alias":"acme"})").body, "OrganizationId");
    EXPECT_EQ(program.ask("POST", "/_workmail/clock/advance", R"({"by":"P1D"})").status, 200);
    program.signal(SIGKILL);
    EXPECT_EQ(program.wait(), -SIGKILL);
  }
  // The clock of the database continues; the option is for a new one.
  Running program({"--data", file, "--clock", "2035-01-01T00:00:00Z"});
  EXPECT_NE(program.output().find(
                "2030-01-02T00:00:00.000Z, frozen, from the database (--clock applies only to a new database)"),
            std::string::npos)
      << program.output();
  EXPECT_NE(program.call("ListOrganizations", "{}").body.find(id), std::string::npos);
  EXPECT_NE(program.ask("GET", "/_workmail/health").body.find(R"("storage":"file")"), std::string::npos);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

TEST(Program, RefusesADatabaseThatIsInUse) {
  const Folder folder;
  Running program({"--data", folder.file("data.sqlite")});
  expect_refusal({"--listen", "localhost:0", "--data", folder.file("data.sqlite")}, {}, "data.sqlite");
}

TEST(Program, RefusesADatabaseOfANewerSchemaAndLeavesItAlone) {
  const Folder folder;
  const std::string file = folder.file("data.sqlite");
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  // The application id of this program, and an unknown version.
  ASSERT_EQ(
      sqlite3_exec(database, "CREATE TABLE t (x); PRAGMA application_id = 0x574D4C6F; PRAGMA user_version = 1000;",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(database);
  const std::string before = read_file(file);
  expect_refusal({"--listen", "localhost:0", "--data", file}, {}, "newer");
  EXPECT_EQ(read_file(file), before);
}

TEST(Program, RefusesADatabaseOfAnotherProgramAndLeavesItAlone) {
  const Folder folder;
  const std::string file = folder.file("data.sqlite");
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "CREATE TABLE customers (name)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  const std::string before = read_file(file);
  expect_refusal({"--listen", "localhost:0", "--data", file}, {},
                 file + " is not a database of workmail-local: it was made by another program.");
  EXPECT_EQ(read_file(file), before);
}

TEST(Program, RefusesAFileThatIsNoDatabase) {
  const Folder folder;
  expect_refusal({"--listen", "localhost:0", "--data", folder.file("missing/data.sqlite")}, {}, "missing/data.sqlite");
  expect_refusal({"--listen", "localhost:0", "--data", WORKMAIL_PROGRAM}, {}, WORKMAIL_PROGRAM);
}

TEST(Program, MakesTheSameIdentifiersAgain) {
  std::string bodies[2];
  for (auto& body : bodies) {
    Running program({"--ids", "sequential", "--clock", "2030-01-01T00:00:00Z"});
    const auto answer = program.call("CreateOrganization", R"({"Alias":"acme"})");
    body = answer.body + answer.field("x-amzn-requestid");
  }
  EXPECT_EQ(bodies[0], bodies[1]);
}

TEST(Program, LogsOneLinePerRequest) {
  Running program({"--log", "json"});
  Client client(program.port());
  client.send(call_text("ListOrganizations", "{\"NextToken\":\"secret\"}", "amz-sdk-request: attempt=2; max=3\r\n"));
  const auto id = client.receive().field("x-amzn-requestid");
  client.send(call_text("Evil\"\\\xff", "{}"));
  client.receive();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const std::string log = program.errors();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3) << log;
  EXPECT_NE(log.find(R"("level":"info","operation":"ListOrganizations","status":400)"), std::string::npos) << log;
  EXPECT_NE(
      log.find(R"("account":"000000000000","region":"us-east-1","attempt":2,"requestId":")" + id + R"(","message":")"),
      std::string::npos)
      << log;
  // An unknown operation also gets a warning, because it may be newer than the model.
  EXPECT_NE(log.find(R"("level":"warning","message":"The model of this version does not have Evil)"), std::string::npos)
      << log;
  EXPECT_NE(log.find(R"("operation":"Evil\\x22\\x5c\\xff","status":400)"), std::string::npos) << log;
  EXPECT_EQ(log.find("secret"), std::string::npos) << log;
}

TEST(Program, WarnsOnceOfEachMemberThatTheModelDoesNotHave) {
  Running program({"--log", "json"});
  for (int i = 0; i < 2; ++i) {
    program.call("CreateUser", R"({"OrganisationId":"x","Name":"alice","DisplayName":"A"})");
    program.call("ListUsers",
                 R"({"OrganizationId":"m-00000000000000000000000000000000","Filters":{"State":"ENABLED","Age":1}})");
  }
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const std::string log = program.errors();
  for (const auto* warning : {"does not have CreateUser.OrganisationId.", "does not have ListUsers.Filters.Age."}) {
    const auto first = log.find(warning);
    EXPECT_NE(first, std::string::npos) << log;
    EXPECT_EQ(log.find(warning, first + 1), std::string::npos) << log;
  }
}

TEST(Program, LogsOnlyWhatIsAskedFor) {
  for (const Arguments& arguments : {Arguments{"--log", "off"}, Arguments{"--log-level", "warning"}}) {
    Running program(arguments);
    program.call("ListOrganizations", "{}");
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0);
    EXPECT_EQ(program.errors(), "");
  }
}

TEST(Program, SurvivesWhenDescriptorsRunOut) {
  constexpr unsigned kDescriptors = 70;
  Running program({}, {}, kDescriptors);
  {
    std::vector<std::unique_ptr<Client>> clients;
    for (unsigned i = 0; i < 2 * kDescriptors; ++i) clients.push_back(std::make_unique<Client>(program.port()));
    clients.front()->send(request_text("GET", "/", ""));
    EXPECT_EQ(clients.front()->receive().status, 200);
    EXPECT_TRUE(program.has_said("Cannot accept a connection")) << program.errors();
  }
  // Pending connections are accepted when others have ended.
  EXPECT_EQ(program.ask("GET", "/").status, 200);
}

TEST(Program, ListsItsOptionsWithoutSecrets) {
  Running program({"--pace", "20s", "--cors-origin", "https://a.example", "--cors-origin", "https://b.example"},
                  {{"WORKMAIL_DELETED", "hide"}});
  const auto health = program.ask("GET", "/_workmail/health").body;
  EXPECT_NE(health.find(R"("options":{"--cors-origin":"https://a.example, https://b.example","--deleted":"hide",)"
                        R"("--listen":"localhost:0","--pace":"20s"})"),
            std::string::npos)
      << health;
}

}  // namespace
}  // namespace workmail::server
