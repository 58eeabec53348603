// Seed documents and state over HTTP and from files. tests/api/seed_test.cc tests the contents of documents.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "api/seed/seed.h"
#include "running.h"

namespace workmail::server {
namespace {

constexpr const char* kAcme = R"({
  "Organizations": [ { "Alias": "acme",
    "Users": [ { "Name": "alice", "DisplayName": "Alice", "Email": "alice@acme.awsapps.com" }, ] } ] } // as by hand
)";

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

TEST(SeedOverHttp, AddsADocumentAndReturnsTheIds) {
  TestServer server;
  const auto answer = ask(server, "POST", "/_workmail/seed", kAcme);
  EXPECT_EQ(answer.status, 200) << answer.body;
  const auto organization = member_of(answer.body, "OrganizationId");
  EXPECT_EQ(organization.size(), 34U) << answer.body;
  const auto user = call(server, "DescribeUser", R"({"OrganizationId":")" + organization + R"(","UserId":"alice"})");
  EXPECT_EQ(member_of(user.body, "State"), "ENABLED") << user.body;
}

TEST(SeedOverHttp, RejectsInvalidDocuments) {
  TestServer server;
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", "{").status, 400);
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed?dry=run", kAcme).status, 400);
  const auto malformed = ask(server, "POST", "/_workmail/seed", R"({"Organizations":[{"Alias":5,"Nonsense":1}]})");
  EXPECT_EQ(malformed.status, 400);
  EXPECT_NE(malformed.body.find("Organizations[0]"), std::string::npos) << malformed.body;
  const auto refused =
      ask(server, "POST", "/_workmail/seed", R"({"Organizations":[{"Alias":"good"},{"Alias":"acme","Users":[
      {"Name":"alice","DisplayName":"A","Email":"alice@nowhere.test"}]}]})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("Organizations[1].Users[0].Email: MailDomainNotFoundException: "), std::string::npos)
      << refused.body;
  EXPECT_EQ(call(server, "ListOrganizations", "{}").body, R"({"OrganizationSummaries":[]})");
}

TEST(SeedOverHttp, ReturnsAMessageBeyondANul) {
  TestServer server;
  const auto malformed = ask(server, "POST", "/_workmail/seed", R"({"Organizations":[{"Alias":"x\u0000yabc"}]})");
  EXPECT_EQ(malformed.status, 400);
  EXPECT_NE(malformed.body.find(R"('x\u0000yabc' at 'Organizations[0].Alias')"), std::string::npos) << malformed.body;
  const auto refused = ask(server, "POST", "/_workmail/seed",
                           R"({"Organizations":[{"Alias":"acme","Groups":[{"Name":"g","Members":["x\u0000yabc"]}]}]})");
  EXPECT_GE(refused.status, 400);
  EXPECT_NE(refused.body.find(R"(x\u0000yabc)"), std::string::npos) << refused.body;
}

TEST(SeedOverHttp, TakesAByteOrderMarkAsTheOtherEndpointsDo) {
  TestServer server;
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", mark + kAcme).status, 200);
  const auto clock = ask(server, "PUT", "/_workmail/clock", mark + R"({"now":"2099-05-01T12:00:00Z","frozen":true})");
  EXPECT_EQ(clock.status, 200) << clock.body;
  EXPECT_EQ(member_of(clock.body, "now"), "2099-05-01T12:00:00.000Z");
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", mark).status, 200);
}

TEST(SeedOverHttp, RejectsCompressedBodiesAsTheOtherEndpointsDo) {
  TestServer server;
  const std::string gzip("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\xAB\xAE\x05\x00\x43\xBF\xA6\xA3\x02\x00\x00\x00",
                         22);
  const auto answer = [&](const std::string& method, const std::string& path, const std::string& body,
                          const std::string& fields) {
    Client client(server.port());
    client.send(request_text(method, path, body, fields));
    const auto received = client.receive();
    return std::to_string(received.status) + " " + member_of(received.body, "message");
  };
  const std::string refused = "400 Compressed bodies are not supported.";
  EXPECT_EQ(answer("PUT", "/_workmail/clock", gzip, ""), refused);
  EXPECT_EQ(answer("PUT", "/_workmail/snapshots/a", gzip, ""), refused);
  EXPECT_EQ(answer("POST", "/_workmail/seed", gzip, "Content-Encoding: gzip\r\n"), refused);
  EXPECT_EQ(answer("POST", "/_workmail/seed", kAcme, "Content-Encoding: br\r\n"), refused);
  EXPECT_EQ(answer("POST", "/_workmail/seed", kAcme, "Content-Encoding: Identity\r\n"), "200 ");
  EXPECT_EQ(answer("POST", "/_workmail/reset", "", "Content-Encoding: gzip\r\n"), "200 ");
}

TEST(SeedOverHttp, AcceptsTheState) {
  TestServer server;
  ask(server, "POST", "/_workmail/seed", kAcme);
  const auto state = ask(server, "GET", "/_workmail/state");
  EXPECT_EQ(state.field("content-type"), "application/json");
  ask(server, "POST", "/_workmail/reset", R"({"to":"empty"})");
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", state.body).status, 200);
  EXPECT_EQ(ask(server, "GET", "/_workmail/state").body, state.body);
}

TEST(SeedOverHttp, BringsItsClockToAnEmptyDatabase) {
  TestServer server;
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z","frozen":true})");
  ask(server, "POST", "/_workmail/seed", kAcme);
  const auto state = ask(server, "GET", "/_workmail/state").body;
  EXPECT_NE(state.find(R"("Frozen": "2030-05-01T12:00:00.000Z")"), std::string::npos) << state.substr(0, 200);
  const auto organization =
      member_of(ask(server, "POST", "/_workmail/seed", R"({"Organizations":[{"Alias":"x"}]})").body, "OrganizationId");
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?organization=" + organization).body.find("Frozen"), std::string::npos);

  ask(server, "POST", "/_workmail/reset", R"({"to":"empty"})");
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");
  // A rejected document does not change the clock.
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed",
                R"({"Clock":{"Frozen":"2031-01-01T00:00:00Z"},"Organizations":[{"Alias":"a"},{"Alias":"a"}]})")
                .status,
            422);
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", state).status, 200);
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "now"), "2030-05-01T12:00:00.000Z");
  EXPECT_EQ(ask(server, "GET", "/_workmail/state").body, state);
}

TEST(SeedOverHttp, RefusesAClockForAServerThatIsNotEmpty) {
  TestServer server;
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z","frozen":true})");
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", kAcme).status, 200);
  const auto before = ask(server, "GET", "/_workmail/state").body;
  for (const char* clock : {R"({"Frozen":"2031-01-01T00:00:00Z"})", R"({"AheadInSeconds":5})"}) {
    const auto refused = ask(server, "POST", "/_workmail/seed",
                             R"({"Clock":)" + std::string(clock) + R"(,"Organizations":[{"Alias":"b"}]})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find("\"Clock: InvalidParameterException: "), std::string::npos) << refused.body;
    EXPECT_EQ(ask(server, "GET", "/_workmail/state").body, before);
  }
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", R"({"Organizations":[{"Alias":"b"}]})").status, 200);
}

TEST(SeedOverHttp, RefusesAClockForAServerThatHasOnlyAnApplication) {
  TestServer server;
  ask(server, "POST", "/_workmail/seed",
      R"({"IdentityCenterApplications":[{"Name":"a","InstanceArn":"arn:aws:sso:::instance/ssoins-0123456789abcdef"}]})");
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", R"({"Clock":{"AheadInSeconds":5}})").status, 422);
}

// Organizations whose state is sent in several pieces.
auto many_organizations(int count) -> std::string {
  std::string document = R"({"Organizations":[)";
  for (int i = 0; i < count; ++i) document += R"({"Alias":"a)" + std::to_string(i) + R"("},)";
  return document + "]}";
}

// The body in the chunks, with nothing after it.
auto receive_chunks(Client& client, int& count) -> std::string {
  std::string body;
  for (count = 0;; ++count) {
    const auto size = std::stoul(client.receive_until("\r\n"), nullptr, 16);
    if (size == 0) break;
    for (const auto end = body.size() + size; body.size() < end;) body += client.receive_some(end - body.size());
    EXPECT_EQ(client.receive_until("\r\n"), "\r\n");
  }
  EXPECT_EQ(client.receive_until("\r\n"), "\r\n");
  return body;
}

// The same document, written in one piece.
auto whole_state(TestServer& server) -> std::string {
  std::string text;
  server.run([&] {
    server.service.read({"000000000000", "us-east-1"}, [&](api::Context& context) {
      api::StateWriter writer({});
      return writer.append(context, server.clock, std::string::npos, text);
    });
  });
  return text;
}

TEST(StateOverHttp, IsSentInChunksWhenItIsLarge) {
  TestServer server;
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", many_organizations(99)).status, 200);
  Client client(server.port());
  for (int round = 0; round < 2; ++round) {
    client.send(request_text("GET", "/_workmail/state", ""));
    const auto head = client.receive_until("\r\n\r\n");
    EXPECT_NE(head.find("\r\nTransfer-Encoding: chunked\r\n"), std::string::npos) << head;
    EXPECT_EQ(head.find("Content-Length"), std::string::npos) << head;
    int chunks = 0;
    EXPECT_EQ(receive_chunks(client, chunks), whole_state(server));
    EXPECT_GE(chunks, 2);
  }
  // The connection continues, also after a HEAD, which has no body.
  client.send(request_text("HEAD", "/_workmail/state", ""));
  EXPECT_EQ(client.receive(true).status, 200);
  client.send(request_text("GET", "/_workmail/health", ""));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(StateOverHttp, EndsWithTheConnectionForAnOldClient) {
  TestServer server;
  ask(server, "POST", "/_workmail/seed", many_organizations(99));
  Client client(server.port());
  client.send("GET /_workmail/state HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
  const auto head = client.receive_until("\r\n\r\n");
  EXPECT_EQ(head.find("Transfer-Encoding"), std::string::npos) << head;
  EXPECT_NE(head.find("\r\nConnection: close\r\n"), std::string::npos) << head;
  EXPECT_EQ(client.receive_until("\n  ]\n}\n"), whole_state(server));
  EXPECT_TRUE(client.at_end());
}

TEST(StateOverHttp, CountsTheStateOfOneOrganizationAsAnyAnswer) {
  TestServer server;
  ask(server, "POST", "/_workmail/seed", kAcme);
  const auto answer = ask(server, "GET", "/_workmail/state");
  EXPECT_EQ(answer.field("content-length"), std::to_string(answer.body.size()));
  EXPECT_EQ(answer.field("transfer-encoding"), "");
  EXPECT_EQ(answer.body, whole_state(server));
}

// More than the system buffers for a client that does not read.
auto large_organizations() -> std::string {
  std::string document = R"({"Organizations":[)";
  const std::string text(256, 'x');
  for (int organization = 0; organization < 60; ++organization) {
    document += R"({"Alias":"a)" + std::to_string(organization) + R"(","Users":[)";
    for (int user = 0; user < 50; ++user) {
      document += R"({"Name":"u)" + std::to_string(user) + '"';
      for (const char* member : {"DisplayName", "FirstName", "LastName", "Initials", "Telephone", "Street", "JobTitle",
                                 "City", "Company", "ZipCode", "Department", "Country", "Office"}) {
        document.append(",\"").append(member).append("\":\"").append(text).append("\"");
      }
      document += "},";
    }
    document += "]},";
  }
  return document + "]}";
}

TEST(StateOverHttp, IsCutForAClientThatDoesNotReadAndBlocksNoOther) {
  TestServer server({.write = std::chrono::milliseconds(200), .sweep = std::chrono::milliseconds(10)});
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", large_organizations()).status, 200);
  Client client(server.port());
  client.send(request_text("GET", "/_workmail/state", ""));
  client.receive_until("\r\n\r\n");
  // Other clients get responses in the meantime, and can detect that the connection has ended.
  std::string metrics;
  while (metrics.find("\nworkmail_connections 1\n") == std::string::npos) {
    metrics = ask(server, "GET", "/_workmail/metrics").body;
    ASSERT_NE(metrics.find("\nworkmail_connections "), std::string::npos) << metrics;
  }
  EXPECT_EQ(client.receive_until("0\r\n\r\n"), "") << "sent although the client did not read";
}

TEST(StateOverHttp, BreaksOffWhenTheDataIsReplaced) {
  TestServer server;
  ask(server, "POST", "/_workmail/seed", large_organizations());
  Client client(server.port());
  client.send(request_text("GET", "/_workmail/state", ""));
  client.receive_until("\r\n\r\n");
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", R"({"to":"empty"})").status, 200);
  EXPECT_EQ(client.receive_until("0\r\n\r\n"), "");
  EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
}

TEST(SeedOverHttp, ReturnsTheStateOfWhatIsAskedFor) {
  TestServer server;
  ask(server, "POST", "/_workmail/seed",
      R"({"Organizations":[{"Alias":"acme"},{"Alias":"other","Account":"111122223333","Region":"eu-west-1"}]})");
  const auto of_account = ask(server, "GET", "/_workmail/state?account=111122223333").body;
  EXPECT_EQ(of_account.find("\"acme\""), std::string::npos) << of_account;
  EXPECT_NE(of_account.find("\"other\""), std::string::npos) << of_account;
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?region=eu-west-1").body, of_account);
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?organization=" + member_of(of_account, "OrganizationId")).status, 200);
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?account=1&region=2&what=3").status, 400);
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?account=1").status, 400);
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?region=EU").status, 400);
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?organization=acme").status, 400);
  const auto unknown = ask(server, "GET", "/_workmail/state?organization=m-" + std::string(32, '0'));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_NE(unknown.body.find("There is no organization m-" + std::string(32, '0')), std::string::npos) << unknown.body;
  // All organizations share the clock, so it is only part of the whole state.
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2099-05-01T12:00:00Z","frozen":true})");
  EXPECT_NE(ask(server, "GET", "/_workmail/state").body.find("\"Clock\""), std::string::npos);
  const auto id = of_account.substr(of_account.find("\"m-") + 1, 34);
  EXPECT_EQ(ask(server, "GET", "/_workmail/state?organization=" + id + "&account=000000000000").status, 404);
  for (const auto& query :
       {std::string("account=111122223333"), std::string("region=eu-west-1"), "organization=" + id}) {
    EXPECT_EQ(ask(server, "GET", "/_workmail/state?" + query).body, of_account) << query;
  }
}

TEST(SeedOfAProgram, IsAppliedToAnEmptyDatabaseOnly) {
  const Folder folder;
  write(folder.file("seed.jsonc"), kAcme);
  const std::string data = folder.file("data.db");
  std::string first;
  {
    Running program({"--data", data, "--seed", folder.file("seed.jsonc")});
    EXPECT_NE(program.output().find("Seed:     " + folder.file("seed.jsonc") + "\n"), std::string::npos)
        << program.output();
    first = program.call("ListOrganizations", "{}").body;
    EXPECT_NE(first.find("acme"), std::string::npos) << first;
    program.signal(SIGTERM);
    program.wait();
  }
  Running again({"--data", data, "--seed", folder.file("seed.jsonc")});
  EXPECT_NE(again.output().find("not applied, because the database is not empty"), std::string::npos) << again.output();
  EXPECT_EQ(again.call("ListOrganizations", "{}").body, first);
}

TEST(SeedOfAProgram, SetsTheClockForGood) {
  const Folder folder;
  write(folder.file("seed.json"), R"({"Clock":{"Frozen":"2030-05-01T12:00:00Z"},"Organizations":[{"Alias":"a"}]})");
  const std::string data = folder.file("data.db");
  for (int start = 0; start < 2; ++start) {
    Running program({"--data", data, "--seed", folder.file("seed.json")});
    const auto clock = program.ask("GET", "/_workmail/clock").body;
    EXPECT_EQ(member_of(clock, "now"), "2030-05-01T12:00:00.000Z") << clock;
    EXPECT_EQ(member_of(clock, "mode"), "frozen") << clock;
    program.signal(SIGTERM);
    program.wait();
  }
}

TEST(SeedOfAProgram, IsWhatAResetGoesBackTo) {
  const Folder folder;
  write(folder.file("seed.json"), kAcme);
  Running program({}, {{"WORKMAIL_SEED", folder.file("seed.json")}});
  const auto state = program.ask("GET", "/_workmail/state").body;
  program.call("CreateOrganization", R"({"Alias":"other"})");
  EXPECT_EQ(program.ask("POST", "/_workmail/reset").status, 200);
  EXPECT_EQ(program.ask("GET", "/_workmail/state").body, state);
}

TEST(SeedOfAProgram, IsSeveralFilesAndTheFilesOfAFolderInOrder) {
  const Folder folder;
  std::filesystem::create_directory(folder.file("seeds"));
  // The files are created neither in this order nor in reverse.
  for (const std::string name : {"d", "a", "f", "c", "e", "b"}) {
    write(folder.file("seeds/" + name + (name == "c" ? ".jsonc" : ".json")),
          R"({"Organizations":[{"Alias":"seed-)" + name + R"("}]})");
  }
  write(folder.file("seeds/notes.txt"), "not JSON");
  // The byte order mark, which editors on Windows write.
  write(folder.file("last.json"),
        "\xEF\xBB\xBF"
        R"({"Organizations":[{"Alias":"last"}]})");
  const auto expect_all = [](const Running& program) {
    const auto list = program.call("ListOrganizations", "{}").body;
    std::size_t before = 0;
    for (const auto* alias : {"seed-a", "seed-b", "seed-c", "seed-d", "seed-e", "seed-f", "last"}) {
      const auto found = list.find(alias);
      EXPECT_NE(found, std::string::npos) << alias << list;
      EXPECT_LT(before, found) << alias << list;
      before = found;
    }
  };
  expect_all(Running({"--seed", folder.file("seeds"), "--seed", folder.file("last.json")}));
  expect_all(Running({}, {{"WORKMAIL_SEED", folder.file("seeds") + ":" + folder.file("last.json")}}));
}

void expect_refusal(const std::string& seed, const std::string& part) {
  Program program({"--listen", "localhost:0", "--seed", seed});
  EXPECT_EQ(program.wait(), 2);
  EXPECT_NE(program.errors().find(part), std::string::npos) << program.errors();
}

TEST(SeedOfAProgram, EndsItWhenInvalid) {
  const Folder folder;
  expect_refusal(folder.file("none.json"), "cannot be read");
  write(folder.file("broken.json"), "{");
  expect_refusal(folder.file("broken.json"), "broken.json: ");
  write(folder.file("refused.json"), R"({"Organizations":[{"Alias":"acme"},{"Alias":"acme"}]})");
  expect_refusal(folder.file("refused.json"), "refused.json: Organizations[1].Alias: NameAvailabilityException: ");
  write(folder.file("clock.json"), R"({"Clock":{"AheadInSeconds":1e300}})");
  expect_refusal(folder.file("clock.json"), "clock.json: Clock.AheadInSeconds: InvalidParameterException: ");
  std::filesystem::create_directory(folder.file("two"));
  write(folder.file("two/1.json"), R"({"Clock":{"AheadInSeconds":1},"Organizations":[{"Alias":"a"}]})");
  write(folder.file("two/2.json"), R"({"Clock":{"AheadInSeconds":1},"Organizations":[{"Alias":"b"}]})");
  expect_refusal(folder.file("two"), "2.json: Clock: InvalidParameterException: ");
  std::filesystem::create_directory(folder.file("empty"));
  expect_refusal(folder.file("empty"), "has no file that ends in .json or .jsonc");
}

}  // namespace
}  // namespace workmail::server
