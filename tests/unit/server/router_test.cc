// The router without sockets: the steps of a request in the order of the session.
#include "server/router.h"

#include <sqlite3.h>

#include "plane_test.h"

namespace workmail::server {
namespace {

class Routers : public PlaneTest {
 protected:
  // One request from its arrival to its answer.
  struct Sent {
    Sent(std::string_view method, std::string_view path, std::string body, const Fields& fields)
        : text(std::move(body)),
          request{.method = method, .path = path, .query = {}, .fields = fields, .body = text},
          exchange{.request = request, .reply = reply} {
      reply.clear();
    }

    std::string text;
    Request request;
    Reply reply;
    Exchange exchange;
  };

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
  void answer(Sent& sent) {
    router_.begin(sent.exchange);
    router_.answer(sent.exchange);
  }

  Log log_{LogFormat::Off, LogLevel::Info};
  Router router_{plane_, Browsers({}), log_};
};

// Waiting calls are committed before the control plane looks at the store, and are answered as if nothing had come in
// between.
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
    Sent write("POST", "/", R"({"Alias":"acme)" + std::to_string(++number) + "\"}", create);
    answer(write);
    EXPECT_EQ(write.reply.status, 200);
    ASSERT_NE(write.exchange.group, nullptr);
    EXPECT_FALSE(write.exchange.group->committed);

    Sent ask("POST", path, body, control);
    answer(ask);
    EXPECT_EQ(ask.reply.status, 200) << path << body << ": " << ask.reply.content();
    EXPECT_TRUE(write.exchange.group->committed) << path << body;
    router_.commit(write.exchange);
    EXPECT_EQ(write.reply.status, 200) << path << body;
  }
}

// A call whose answer a rule loses after it has happened.
class RoutersThatLoseAnswers : public Routers {
 protected:
  RoutersThatLoseAnswers() {
    service_.keep_start();
    service_.commit_in_groups();
    expect(201, "POST", "faults", "{'phase':'after','answer':{'connection':'close'}}");
  }
  ~RoutersThatLoseAnswers() override { sqlite3_commit_hook(store_.connection.handle(), nullptr, nullptr); }

  // The entry of the journal.
  auto create() -> const JournalEntry& {
    const Fields fields = call_fields("CreateOrganization");
    Sent write("POST", "/", R"({"Alias":"acme"})", fields);
    answer(write);
    router_.commit(write.exchange);
    router_.finish(write.exchange);
    return plane_.journal.entries().back();
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
  Sent write("POST", "/", R"({"Alias":"acme"})", create);
  answer(write);
  clock_.advance(kDay);
  router_.finish(write.exchange);
  EXPECT_EQ(plane_.journal.entries().back().clock, kStart);
  // A call that a rule keeps from happening saw none.
  expect(201, "POST", "faults", "{'answer':{'error':'ThrottlingException'}}");
  Sent refused("POST", "/", R"({"Alias":"other"})", create);
  answer(refused);
  router_.finish(refused.exchange);
  EXPECT_EQ(plane_.journal.entries().back().clock, kStart + kDay);
}

}  // namespace
}  // namespace workmail::server
