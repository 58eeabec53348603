// The router without sockets: the steps of a request, and events while it waits between them.
#include "server/router.h"

#include <sqlite3.h>

#include <boost/asio/co_spawn.hpp>
#include <functional>

#include "plane_test.h"
#include "tests/sqlite_memory.h"

namespace workmail::server {
namespace {

// Never waits: events that could happen during a wait happen at once.
class Session final : public RequestSession {
 public:
  std::function<void()> meanwhile = [] {};
  bool client_leaves = false;
  bool has_room = true;
  std::string waits;  // the waits, in order

  auto delay(Duration /*time*/) -> Task<bool> override { return wait("delay ", client_leaves); }
  auto let_others_arrive() -> Task<void> override { return wait("others "); }
  auto wait_for_turn() -> Task<void> override { return wait("turn "); }
  auto hold(HeldAnswer& /*held*/) -> Task<void> override { return wait("hold "); }
  void allow(std::chrono::milliseconds /*time*/) override {}
  auto count_answer(const Request& /*request*/) -> bool override {
    waits += "count ";
    return has_room;
  }

 private:
  auto wait(const char* what, bool result) -> Task<bool> {
    co_await wait(what);
    co_return result;
  }
  auto wait(const char* what) -> Task<void> {
    waits += what;
    meanwhile();
    co_return;
  }
};

class Routers : public PlaneTest {
 protected:
  static auto call_fields(const std::string& operation) -> Fields {
    Fields fields;
    fields.set("Host", "localhost");
    fields.set("X-Amz-Target", "WorkMailService." + operation);
    return fields;
  }
  static auto control_fields() -> Fields {
    Fields fields;
    fields.set("Host", "localhost");
    return fields;
  }
  // Handles one request; returns the status.
  auto handle(std::string_view method, std::string_view path, std::string body, const Fields& fields,
              RequestSession& session) -> int {
    reply_.clear();
    return handle(method, path, std::move(body), fields, session, reply_);
  }
  auto handle(std::string_view method, std::string_view path, std::string body, const Fields& fields,
              RequestSession& session, Reply& reply) -> int {
    asio::io_context io{1};
    const Request request{.method = method, .path = path, .query = {}, .fields = fields, .body = body};
    std::exception_ptr failure;
    asio::co_spawn(io, router_.handle(request, reply, session),
                   [&](const std::exception_ptr& thrown, const std::optional<FaultRule::Connection>& how) {
                     failure = thrown;
                     broken_ = how;
                   });
    io.run();
    if (failure) std::rethrow_exception(failure);
    return reply.status;
  }

  Log log_{LogFormat::Off, LogLevel::Info};
  Router router_{plane_, Browsers({}), log_};
  Reply reply_;
  std::optional<FaultRule::Connection> broken_;
};

// Pending calls are committed before the control plane reads the store, and their responses are not affected.
TEST_F(Routers, CommitWaitingCallsBeforeAControlCall) {
  const auto snapshot = [&] { expect(201, "PUT", "snapshots/before"); };
  snapshot();
  service_.commit_in_groups();
  const std::pair<const char*, const char*> calls[] = {{"/_workmail/reset", "{\"to\":\"empty\"}"},
                                                       {"/_workmail/reset", "{}"},
                                                       {"/_workmail/reset", "{\"account\":\"111122223333\"}"},
                                                       {"/_workmail/snapshots/before/restore", ""},
                                                       {"/_workmail/clock/advance", "{\"by\":1}"}};
  const Fields create = call_fields("CreateOrganization");
  const Fields control = control_fields();
  int number = 0;
  for (const auto& [path, body] : calls) {
    Session session;
    session.meanwhile = [&, path = path, body = body] {
      EXPECT_EQ(sqlite3_get_autocommit(store_.connection.handle()), 0) << "committed before others could join";
      Session other;
      Reply reply;
      reply.clear();
      EXPECT_EQ(handle("POST", path, body, control, other, reply), 200) << path << body << ": " << reply.content();
      EXPECT_EQ(sqlite3_get_autocommit(store_.connection.handle()), 1) << path << body;
    };
    EXPECT_EQ(handle("POST", "/", R"({"Alias":"acme)" + std::to_string(++number) + "\"}", create, session), 200);
    EXPECT_EQ(session.waits, "others count ") << path << body;
  }
}

TEST_F(Routers, TakeTheStepsInOrder) {
  const Fields create = call_fields("CreateOrganization");
  service_.commit_in_groups();
  expect(201, "POST", "faults", "{'delay':1,'times':1}");
  expect(201, "POST", "faults", "{'delay':1,'phase':'after','times':1,'answer':{'connection':'close'}}");
  Session before;
  before.meanwhile = [&] { EXPECT_EQ(emulator_.journal.last_id(), 0U); };
  EXPECT_EQ(handle("POST", "/", R"({"Alias":"first"})", create, before), 200);
  EXPECT_EQ(before.waits, "delay others count ");
  EXPECT_EQ(broken_, std::nullopt);
  EXPECT_EQ(emulator_.journal.last_id(), 1U);
  Session after;
  handle("POST", "/", R"({"Alias":"second"})", create, after);
  EXPECT_EQ(after.waits, "others count delay ");
  EXPECT_EQ(broken_, FaultRule::Connection::Close);
  Session state;
  EXPECT_EQ(handle("GET", "/_workmail/state", "", control_fields(), state), 200);
  EXPECT_EQ(state.waits, "turn count ");
}

TEST_F(Routers, JournalCallsWhoseClientLeaves) {
  expect(201, "POST", "faults", "{'delay':1}");
  Session session;
  session.client_leaves = true;
  handle("POST", "/", R"({"Alias":"acme"})", call_fields("CreateOrganization"), session);
  const auto& entry = emulator_.journal.entries().back();
  EXPECT_EQ(entry.status, 0);
  ASSERT_TRUE(entry.lost.has_value());
  EXPECT_NE(entry.lost->response.find("OrganizationId"), std::string::npos);
}

TEST_F(Routers, AnswerWithoutMemory) {
  Session session;
  session.has_room = false;
  EXPECT_EQ(handle("POST", "/", "{}", call_fields("ListOrganizations"), session), 503);
  EXPECT_NE(reply_.content().find("--memory-limit"), std::string::npos);
  EXPECT_EQ(emulator_.journal.entries().back().error, "ServiceUnavailable");
  EXPECT_EQ(session.waits, "count count ");
}

TEST_F(Routers, SendTheAnswerToAChangeWithoutMemory) {
  Session session;
  session.has_room = false;
  EXPECT_EQ(handle("POST", "/", R"({"Alias":"acme"})", call_fields("CreateOrganization"), session), 200);
  EXPECT_EQ(handle("POST", "/_workmail/seed", R"({"Organizations":[{"Alias":"other"}]})", control_fields(), session),
            200);
  for (const auto* path : {"/_workmail/clock", "/_workmail/requests"}) {
    EXPECT_EQ(handle("GET", path, "", control_fields(), session), 503) << path;
  }
  EXPECT_EQ(handle("POST", "/_workmail/requests/find", "{}", control_fields(), session), 503);
}

// For each allocation of SQLite that fails first: the response is a 503 without any change, or the same as without a
// failure.
TEST_F(Routers, AnswerWhenTheSystemHasNoMemory) {
  const struct {
    const char* method;
    const char* path;
    const char* body;
    Fields fields;
  } requests[] = {{"POST", "/", R"({"Alias":"called"})", call_fields("CreateOrganization")},
                  {"POST", "/_workmail/seed", R"({"Organizations":[{"Alias":"seeded"}]})", control_fields()},
                  {"GET", "/_workmail/state", "", control_fields()},
                  {"POST", "/_workmail/clock/advance", R"({"by":1})", control_fields()}};
  Session session;
  const auto state = [&] {
    EXPECT_EQ(handle("GET", "/_workmail/state", "", control_fields(), session), 200);
    return std::string(reply_.content());
  };
  for (const auto& request : requests) {
    int refused = 0;
    bool failed = true;
    for (int allowed = 0; failed; ++allowed) {
      const auto before = state();
      {
        const test::SqliteMemory memory(allowed);
        const int status = handle(request.method, request.path, request.body, request.fields, session);
        failed = memory.failed();
        if (status == 200 && failed) break;  // SQLite did not need this allocation
        EXPECT_EQ(status, failed ? 503 : 200) << request.path << allowed << reply_.content();
      }
      if (!failed) break;
      ++refused;
      EXPECT_NE(reply_.content().find("no memory"), std::string::npos) << reply_.content();
      EXPECT_EQ(state(), before) << request.path << allowed;
    }
    EXPECT_GT(refused, 1) << request.path;
  }
  EXPECT_EQ(emulator_.journal.entries().front().error, "ServiceUnavailable");
}

// A call that takes effect, but whose response a fault rule suppresses.
class RoutersThatLoseAnswers : public Routers {
 protected:
  RoutersThatLoseAnswers() {
    service_.baseline().ensure();
    service_.commit_in_groups();
    expect(201, "POST", "faults", "{'phase':'after','answer':{'connection':'close'}}");
  }
  ~RoutersThatLoseAnswers() override { sqlite3_commit_hook(store_.connection.handle(), nullptr, nullptr); }

  // The entry of the journal.
  auto create() -> const JournalEntry& {
    Session session;
    handle("POST", "/", R"({"Alias":"acme"})", call_fields("CreateOrganization"), session);
    return emulator_.journal.entries().back();
  }
};

TEST_F(RoutersThatLoseAnswers, KeepThemForTheRecords) {
  const auto& entry = create();
  EXPECT_EQ(entry.status, 0);
  EXPECT_EQ(entry.response, "");
  ASSERT_TRUE(entry.lost.has_value());
  EXPECT_EQ(entry.lost->error, "");
  EXPECT_NE(entry.lost->response.find("OrganizationId"), std::string::npos);
}

TEST_F(RoutersThatLoseAnswers, KeepNoneOfACallThatWasNotCommitted) {
  sqlite3_commit_hook(
      store_.connection.handle(), [](void* /*unused*/) { return 1; }, nullptr);
  EXPECT_FALSE(create().lost.has_value());
  EXPECT_EQ(reports_.size(), 1U);
  reports_.clear();
}

TEST_F(Routers, JournalTheTimeThatTheCallSaw) {
  const Fields create = call_fields("CreateOrganization");
  service_.commit_in_groups();
  Session session;
  session.meanwhile = [&] { clock_.advance(kDay); };
  handle("POST", "/", R"({"Alias":"acme"})", create, session);
  EXPECT_EQ(emulator_.journal.entries().back().clock, kStart);
  // A call that a fault rule prevents has no emulated time.
  expect(201, "POST", "faults", "{'answer':{'error':'ThrottlingException'}}");
  handle("POST", "/", R"({"Alias":"other"})", create, session);
  EXPECT_EQ(emulator_.journal.entries().back().clock, kStart + kDay);
}

}  // namespace
}  // namespace workmail::server
