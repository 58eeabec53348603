// The control plane under /_workmail.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "server/process/real_time.h"
#include "server/process/version.h"
#include "wire.h"

namespace workmail::server {
namespace {

using std::chrono::seconds;

auto create_organization(const TestServer& server, const std::string& alias, const std::string& fields = {})
    -> std::string {
  const auto answer = call(server, "CreateOrganization", R"({"Alias":")" + alias + "\"}", fields);
  return member_of(answer.body, "OrganizationId");
}

auto describe(const TestServer& server, const std::string& organization) -> std::string {
  return call(server, "DescribeOrganization", R"({"OrganizationId":")" + organization + "\"}").body;
}

auto state_of(const TestServer& server, const std::string& organization) -> std::string {
  return member_of(describe(server, organization), "State");
}

TEST(Control, ReportsItsHealth) {
  TestServer server;
  const auto answer = ask(server, "GET", "/_workmail/health");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("content-type"), "application/json");
  EXPECT_TRUE(answer.body.starts_with(R"({"status":"ok","version":")" + std::string(kVersion) +
                                      R"(","operations":92,"storage":"memory","clock":{"now":")"))
      << answer.body;
  EXPECT_NE(answer.body.find(R"("uptimeSeconds":0,"options":{}})"), std::string::npos) << answer.body;
  const auto head = ask(server, "HEAD", "/_workmail/health");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("content-type"), "application/json");
}

// As on a full disk.
TEST(Control, GoesOnReadingWhenScheduledEventsCannotBeWritten) {
  TestServer server({}, {.pace = seconds(100)});
  EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"acme"})").status, 200);
  server.run([&] {
    server.clock.advance(seconds(1000));
    sqlite3_commit_hook(
        server.store.connection.handle(), [](void*) { return 1; }, nullptr);
  });
  for (const auto* path : {"/_workmail/metrics", "/_workmail/state", "/_workmail/clock?upcoming=5"}) {
    EXPECT_EQ(ask(server, "GET", path).status, 200) << path;
  }
  EXPECT_NE(call(server, "ListOrganizations", "{}").body.find("Requested"), std::string::npos);
  EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"second"})").status, 500);
  EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 503);
  server.run([&] { sqlite3_commit_hook(server.store.connection.handle(), nullptr, nullptr); });
  EXPECT_NE(call(server, "ListOrganizations", "{}").body.find("Active"), std::string::npos);
  EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
}

TEST(Control, RefusesOtherPathsAndMethods) {
  TestServer server;
  for (const auto* path : {"/_workmail//", "/_workmail/healthy", "/_workmail/health/", "/_workmail/\xff\""}) {
    expect_error(ask(server, "GET", path), 404, "NotFound", "/_workmail");
  }
  expect_error(ask(server, "POST", "/_workmail"), 404, "NotFound", "/_workmail");
  const std::pair<const char*, const char*> allowed[] = {{"/_workmail/health", "GET, HEAD"},
                                                         {"/_workmail/clock", "GET, HEAD, PUT"},
                                                         {"/_workmail/clock/advance", "POST"},
                                                         {"/_workmail/reset", "POST"},
                                                         {"/_workmail/simulate", "POST"}};
  for (const auto& [path, methods] : allowed) {
    const auto answer = ask(server, "DELETE", path);
    expect_error(answer, 405, "MethodNotAllowed", methods);
    EXPECT_EQ(answer.field("allow"), methods);
  }
}

TEST(Control, ListsAllViolationsOfABody) {
  TestServer server;
  const struct {
    const char* method;
    const char* path;
    const char* body;
    std::vector<const char*> parts;
  } cases[] = {
      {"POST", "/_workmail/reset", "{", {"not JSON", "at byte 1"}},
      {"POST", "/_workmail/reset", "[]", {"must be a JSON object"}},
      {"POST", "/_workmail/reset", "{}x", {"not JSON"}},
      {"POST", "/_workmail/reset", "{\"to\":\"\xff\"}", {"not JSON"}},
      {"POST",
       "/_workmail/reset",
       R"({"to":1,"account":"1","x":2,"y\n":3})",
       {"to: must be a string", "account: must be twelve digits", "x: unknown member", "x0a: unknown member"}},
      {"POST", "/_workmail/reset", R"({"to":"middle"})", {"to: must be one of start, empty"}},
      {"PUT", "/_workmail/clock", "{}", {"now: is missing"}},
      {"PUT",
       "/_workmail/clock",
       R"({"now":"yesterday","frozen":"yes","a":0})",
       {"now: must be a time", "frozen: must be true or false", "a: unknown member"}},
      {"PUT", "/_workmail/clock", R"({"now":1777636800})", {"now: must be a time"}},
      {"PUT", "/_workmail/clock", R"({"mode":"fast"})", {"mode: must be real"}},
      {"PUT", "/_workmail/clock", R"({"mode":"real","frozen":true})", {"mode: excludes now and frozen"}},
      {"POST", "/_workmail/clock/advance", "{}", {"by: exactly one of by and to is required"}},
      {"POST", "/_workmail/clock/advance", R"({"by":"P1D","to":"next"})", {"by: exactly one of by and to is required"}},
      {"POST", "/_workmail/clock/advance", R"({"by":"P1M"})", {"by: must be a duration"}},
      {"POST", "/_workmail/clock/advance", R"({"by":-1})", {"by: must be a duration"}},
      {"POST", "/_workmail/clock/advance", R"({"to":"tomorrow"})", {"to: must be next"}},
      {"POST", "/_workmail/simulate", "{}", {"event: must be one of domainVerified, domainFailed"}},
      {"POST", "/_workmail/simulate", R"({"event":"flood"})", {"event: must be one of domainVerified"}},
      {"POST",
       "/_workmail/simulate",
       R"({"event":"domainVerified","x":1})",
       {"organizationId: is missing", "domain: is missing", "x: unknown member"}},
      {"POST",
       "/_workmail/simulate",
       R"({"event":"organizationState","organizationId":1,"state":"Gone"})",
       {"organizationId: must be a string", "state: must be one of Requested"}},
  };
  for (const auto& test : cases) {
    const auto answer = ask(server, test.method, test.path, test.body);
    for (const auto* part : test.parts) expect_error(answer, 400, "BadRequest", part);
  }
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", std::string(500'000, '[')).status, 400);
  expect_error(ask(server, "POST", "/_workmail/reset", std::string("{}\0", 3)), 400, "BadRequest", "NUL");
}

TEST(Control, ResetsToTheStart) {
  TestServer server;
  const auto seeded = create_organization(server, "seeded");
  server.run([&] { server.service.baseline().mark(); });
  create_organization(server, "later");
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2040-01-01T00:00:00Z","frozen":true})");
  for (const auto* body : {"", "{}", R"({"to":"start"})", R"({"to":null})"}) {
    const auto answer = ask(server, "POST", "/_workmail/reset", body);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "{}");
  }
  const auto list = call(server, "ListOrganizations", "{}").body;
  EXPECT_NE(list.find(seeded), std::string::npos);
  EXPECT_EQ(list.find("later"), std::string::npos);
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");
}

TEST(Control, ResetsAClockThatWasTheFirstChange) {
  TestServer server;
  server.run([&] { server.service.baseline().mark(); });
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2040-01-01T00:00:00Z","frozen":true})");
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "frozen");
  ask(server, "POST", "/_workmail/reset");
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");
}

TEST(Control, ResetsToNothing) {
  TestServer server;
  create_organization(server, "seeded");
  server.run([&] { server.service.baseline().mark(); });
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", R"({"to":"empty"})").status, 200);
  EXPECT_EQ(call(server, "ListOrganizations", "{}").body, R"({"OrganizationSummaries":[]})");
}

TEST(Control, ResetsOneAccount) {
  TestServer server;
  const std::string other =
      "Authorization: AWS4-HMAC-SHA256 Credential=111111111111/20260501/us-east-1/workmail/aws4_request, "
      "Signature=0\r\n";
  create_organization(server, "mine");
  create_organization(server, "theirs", other);
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", R"({"account":"111111111111"})").body, "{}");
  EXPECT_NE(call(server, "ListOrganizations", "{}").body.find("mine"), std::string::npos);
  EXPECT_EQ(call(server, "ListOrganizations", "{}", other).body, R"({"OrganizationSummaries":[]})");
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", R"({"to":"empty","account":"000000000000"})").status, 200);
  EXPECT_EQ(call(server, "ListOrganizations", "{}").body, R"({"OrganizationSummaries":[]})");
  expect_error(ask(server, "POST", "/_workmail/reset", R"({"to":"start","account":"000000000000"})"), 422,
               "NotApplicable", "only be reset to empty");
}

TEST(Control, SetsTheClock) {
  TestServer server;
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");

  const std::string frozen = R"({"now":"2030-05-01T12:00:00.000Z","mode":"frozen","happened":[]})";
  EXPECT_EQ(ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T14:00:00+02:00","frozen":true})").body,
            frozen);
  EXPECT_EQ(ask(server, "GET", "/_workmail/clock").body, R"({"now":"2030-05-01T12:00:00.000Z","mode":"frozen"})");

  const auto running = ask(server, "PUT", "/_workmail/clock", R"({"now":"2031-05-01T12:00:00Z"})").body;
  EXPECT_EQ(member_of(running, "mode"), "offset");
  EXPECT_TRUE(member_of(running, "now").starts_with("2031-05-01T12:00:")) << running;

  const auto stopped = ask(server, "PUT", "/_workmail/clock", R"({"frozen":true})").body;
  EXPECT_EQ(member_of(stopped, "mode"), "frozen");
  EXPECT_TRUE(member_of(stopped, "now").starts_with("2031-05-01T12:00:")) << stopped;

  EXPECT_EQ(member_of(ask(server, "PUT", "/_workmail/clock", R"({"mode":"real"})").body, "mode"), "real");
}

TEST(Control, KeepsTheClockWithTheData) {
  TestServer server;
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z","frozen":true})");
  std::string saved;
  server.run([&] { saved = server.store.setting("clock").value(); });
  EXPECT_EQ(saved, server.clock.save());
}

TEST(Control, DoesNotSetTheClockBehindTheData) {
  TestServer server;
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z","frozen":true})");
  create_organization(server, "acme");
  expect_error(ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T11:00:00Z"})"), 409, "Conflict",
               "2030-05-01T12:00:00.000Z");
  expect_error(ask(server, "PUT", "/_workmail/clock", R"({"mode":"real"})"), 409, "Conflict", "2030");
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "now"), "2030-05-01T12:00:00.000Z");
  EXPECT_EQ(ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z"})").status, 200);
}

TEST(Control, AdvancesTheClockAndReturnsTheEvents) {
  TestServer server({}, {.pace = seconds(20)});
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z","frozen":true})");
  const auto organization = create_organization(server, "acme");
  EXPECT_EQ(state_of(server, organization), "Requested");
  const std::string ids = R"(","organizationId":")" + organization + "\"}";
  const std::string what = R"(0.000Z","kind":"organizationStateChanged","what":"organization acme becomes )";
  const std::string creating = R"({"at":"2030-05-01T12:00:1)" + what + "Creating" + ids;
  const std::string active = R"({"at":"2030-05-01T12:00:2)" + what + "Active" + ids;

  EXPECT_EQ(ask(server, "GET", "/_workmail/clock").body,
            R"({"now":"2030-05-01T12:00:00.000Z","mode":"frozen","next":)" + creating + "}");
  EXPECT_EQ(
      ask(server, "POST", "/_workmail/clock/advance", R"({"to":"next"})").body,
      R"({"now":"2030-05-01T12:00:10.000Z","mode":"frozen","next":)" + active + R"(,"happened":[)" + creating + "]}");
  EXPECT_EQ(state_of(server, organization), "Creating");
  EXPECT_EQ(ask(server, "POST", "/_workmail/clock/advance", R"({"by":9.5})").body,
            R"({"now":"2030-05-01T12:00:19.500Z","mode":"frozen","next":)" + active + R"(,"happened":[]})");
  EXPECT_EQ(ask(server, "POST", "/_workmail/clock/advance", R"({"by":"P30D"})").body,
            R"({"now":"2030-05-31T12:00:19.500Z","mode":"frozen","happened":[)" + active + "]}");
  EXPECT_EQ(state_of(server, organization), "Active");
  expect_error(ask(server, "POST", "/_workmail/clock/advance", R"({"to":"next"})"), 422, "NotApplicable", "No event");
}

TEST(Control, ReturnsTheEventsWhenTheClockIsSet) {
  TestServer server({}, {.pace = seconds(20)});
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z","frozen":true})");
  create_organization(server, "acme");
  const auto answer = ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-06-01T12:00:00Z","frozen":true})").body;
  const auto creating = answer.find("becomes Creating");
  const auto active = answer.find("becomes Active");
  EXPECT_NE(creating, std::string::npos) << answer;
  EXPECT_TRUE(active != std::string::npos && creating < active) << answer;
}

// No date is after the last one that can be written and read again.
TEST(Control, LetsTheClockAndEveryDateEndWith9999) {
  TestServer server;
  EXPECT_EQ(ask(server, "PUT", "/_workmail/clock", R"({"now":"10000-01-01T00:00:00Z"})").status, 400);
  EXPECT_EQ(ask(server, "PUT", "/_workmail/clock", R"({"now":"9999-12-31T23:59:59.999-00:01"})").status, 400);
  const std::string seed =
      R"({"Organizations":[{"Alias":"acme","Users":[{"Name":"alice","Email":"alice@acme.awsapps.com"},)"
      R"({"Name":"bob","Email":"bob@acme.awsapps.com"}]}]})";
  const auto ids = ask(server, "POST", "/_workmail/seed", seed).body;
  const auto organization = member_of(ids, "OrganizationId");
  const auto set = ask(server, "PUT", "/_workmail/clock", R"({"now":"9999-12-31T00:00:00Z","frozen":true})");
  EXPECT_EQ(set.status, 200) << set.body;
  EXPECT_EQ(ask(server, "POST", "/_workmail/clock/advance", R"({"by":"P1D"})").status, 422);
  EXPECT_EQ(ask(server, "POST", "/_workmail/clock/advance", R"({"by":"P365250D"})").status, 422);
  const std::string members =
      R"({"OrganizationId":")" + organization + R"(","EntityId":")" + member_of(ids, "alice") + "\"}";
  EXPECT_EQ(call(server, "DeregisterFromWorkMail", members).status, 200);
  const auto state = ask(server, "GET", "/_workmail/state").body;
  EXPECT_NE(state.find("\"MailboxDeprovisionedDate\": \"9999-12-31T00:00:00.000Z\""), std::string::npos) << state;
  EXPECT_NE(ask(server, "GET", "/_workmail/clock").body.find(R"("next":{"at":"9999-12-31T23:59:59.999Z")"),
            std::string::npos);
  EXPECT_EQ(ask(server, "POST", "/_workmail/clock/advance", R"({"to":"next"})").status, 200);
  EXPECT_EQ(ask(server, "POST", "/_workmail/clock/advance", R"({"by":"PT0.001S"})").status, 422);
  EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"last"})").status, 200);
  const auto last = ask(server, "GET", "/_workmail/state").body;
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", R"({"to":"empty"})").status, 200);
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", last).status, 200);
}

TEST(Control, AdvancesARunningClock) {
  TestServer server;
  const auto answer = ask(server, "POST", "/_workmail/clock/advance", R"({"by":"P365D"})").body;
  EXPECT_EQ(member_of(answer, "mode"), "offset");
  server.run([&] { EXPECT_GE(server.clock.now() - real_time(), std::chrono::days(364)); });
}

TEST(Control, DoesNotAdvanceBeyondTheLastYear) {
  TestServer server;
  ask(server, "PUT", "/_workmail/clock", R"({"now":"9999-12-31T00:00:00Z","frozen":true})");
  expect_error(ask(server, "POST", "/_workmail/clock/advance", R"({"by":"P1D"})"), 422, "NotApplicable", "9999-12-31");
}

TEST(Control, SimulatesTheVerificationOfADomain) {
  TestServer server({}, {.domains_become_verified = false});
  const auto organization = create_organization(server, "acme");
  const std::string ids = R"("OrganizationId":")" + organization + R"(","DomainName":"Acme.test"})";
  const auto register_domain = call(server, "RegisterMailDomain", "{\"ClientToken\":\"x\"," + ids);
  ASSERT_EQ(register_domain.status, 200) << register_domain.body;
  const auto simulate = [&](const std::string& event) {
    return ask(server, "POST", "/_workmail/simulate",
               R"({"event":")" + event + R"(","organizationId":")" + organization + R"(","domain":"ACME.test"})");
  };
  const std::pair<const char*, const char*> cases[] = {
      {"domainVerified", "VERIFIED"}, {"domainFailed", "FAILED"}, {"domainPending", "PENDING"}};
  for (const auto& [event, status] : cases) {
    const auto answer = simulate(event);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.body, "{}");
    const auto domain = call(server, "GetMailDomain", "{" + ids).body;
    EXPECT_EQ(member_of(domain, "OwnershipVerificationStatus"), status);
    EXPECT_EQ(member_of(domain, "DkimVerificationStatus"), status);
  }
  expect_error(ask(server, "POST", "/_workmail/simulate",
                   R"({"event":"domainFailed","organizationId":")" + organization + R"(","domain":"other.test"})"),
               404, "NotFound", "other.test");
}

TEST(Control, SimulatesTheStateOfAnOrganization) {
  TestServer server;
  const auto organization = create_organization(server, "acme");
  const auto simulate = [&](const std::string& members) {
    return ask(server, "POST", "/_workmail/simulate",
               R"({"event":"organizationState","organizationId":")" + organization + "\"," + members + "}");
  };
  EXPECT_EQ(simulate(R"("state":"Impaired","message":"The directory is lost.")").body, "{}");
  EXPECT_EQ(state_of(server, organization), "Impaired");
  EXPECT_EQ(member_of(describe(server, organization), "ErrorMessage"), "The directory is lost.");
  // Even a state that would change automatically stays until the next call.
  EXPECT_EQ(simulate(R"("state":"Creating")").status, 200);
  EXPECT_EQ(state_of(server, organization), "Creating");
  EXPECT_EQ(member_of(describe(server, organization), "ErrorMessage"), "");
  EXPECT_EQ(simulate(R"("state":"Active")").status, 200);
  EXPECT_EQ(state_of(server, organization), "Active");
  EXPECT_EQ(simulate(R"("state":"Deleted")").status, 200);
  EXPECT_EQ(state_of(server, organization), "Deleted");
  expect_error(ask(server, "POST", "/_workmail/simulate",
                   R"({"event":"organizationState","organizationId":"m-0","state":"Active"})"),
               404, "NotFound", "m-0");
}

TEST(Control, FindsOrganizationsOfEveryAccount) {
  TestServer server;
  const auto organization =
      create_organization(server, "acme",
                          "Authorization: AWS4-HMAC-SHA256 "
                          "Credential=111111111111/20260501/eu-west-1/workmail/aws4_request, Signature=0\r\n");
  EXPECT_EQ(ask(server, "POST", "/_workmail/simulate",
                R"({"event":"organizationState","state":"Inactive","organizationId":")" + organization + "\"}")
                .status,
            200);
}

TEST(Control, SimulatesNothingThatASeedCouldNotHold) {
  TestServer server;
  const auto organization = create_organization(server, "acme");
  const auto user = member_of(
      call(server, "CreateUser", R"({"OrganizationId":")" + organization + R"(","Name":"alice","DisplayName":"A"})")
          .body,
      "UserId");
  const auto simulate = [&](const std::string& members) {
    return ask(server, "POST", "/_workmail/simulate", "{" + members + "}");
  };
  const std::string token = R"("event":"personalAccessTokenCreated","userId":")" + user + "\",";
  expect_error(simulate(token + R"("name":"a<b","scopes":["EWS"])"), 400, "BadRequest", "name: must have");
  expect_error(simulate(token + R"("name":"a","scopes":["a\\b"])"), 400, "BadRequest", "scopes: must be");
  expect_error(simulate(token + R"("name":"a","scopes":["EWS"])"), 422, "NotApplicable", "no mailbox that is in use");
  expect_error(simulate(R"("event":"mailboxUsed","megabytes":-1,"userId":")" + user + "\""), 400, "BadRequest",
               "megabytes");
  expect_error(simulate(R"("event":"mailboxUsed","megabytes":1,"userId":")" + user + "\""), 422, "NotApplicable",
               "has no mailbox");
  expect_error(simulate(R"("event":"exportJobFailed","jobId":"x","reason":"")"), 400, "BadRequest", "reason");
  expect_error(simulate(R"("event":"exportJobCompleted","jobId":"x")"), 404, "NotFound", "mailbox export job x");
  const std::string state = R"("event":"organizationState","organizationId":")" + organization + R"(","state":")";
  EXPECT_EQ(simulate(state + "Deleted\"").status, 200);
  expect_error(simulate(state + "Active\""), 422, "NotApplicable", "stays Deleted");
}

TEST(Control, ListsSeveralScheduledEvents) {
  TestServer server({}, {.pace = seconds(20)});
  ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-05-01T12:00:00Z","frozen":true})");
  create_organization(server, "acme");
  create_organization(server, "other");
  const auto answer = ask(server, "GET", "/_workmail/clock?upcoming=10").body;
  const auto first =
      answer.find("organization acme becomes Creating", answer.find(R"("upcoming":[{"at":"2030-05-01T12:00:10)"));
  EXPECT_NE(first, std::string::npos) << answer;
  EXPECT_NE(answer.find("organization other becomes Creating", first), std::string::npos) << answer;
  const auto one = ask(server, "GET", "/_workmail/clock?upcoming=1").body;
  EXPECT_EQ(one.find("organization other"), std::string::npos) << one;
  EXPECT_EQ(ask(server, "GET", "/_workmail/clock").body.find("upcoming"), std::string::npos);
  EXPECT_EQ(ask(server, "GET", "/_workmail/clock?upcoming=1001").status, 400);
  EXPECT_EQ(ask(server, "GET", "/_workmail/clock?upcoming=x&more=1").status, 400);
}

}  // namespace
}  // namespace workmail::server
