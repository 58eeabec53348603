// The journal's endpoints: lists, searches, waiting and the stream.
#include "plane_test.h"

namespace workmail::server {
namespace {

class JournalRequests : public PlaneTest {
 protected:
  void add(std::string_view operation, int status = 200, std::string_view error = {},
           std::string_view account = kAccount, std::string_view request = "{}") {
    JournalEntry entry{.operation = std::string(operation),
                       .status = status,
                       .error = std::string(error),
                       .account = std::string(account)};
    keep_request(entry, request);
    emulator_.journal.add(std::move(entry));
  }
  // The ids of the entries in a list.
  static auto ids_of(const std::string& answer) -> std::string {
    std::string ids;
    const std::string key = "{\"id\":";
    for (auto at = answer.find(key); at != std::string::npos; at = answer.find(key, at + 1)) {
      ids += answer.substr(at + key.size(), answer.find(',', at) - at - key.size()) + " ";
    }
    return ids;
  }
  auto listed(const std::string& query) -> std::string { return ids_of(expect(200, "GET", "requests?" + query)); }
  auto found(const std::string& body) -> std::string { return ids_of(expect(200, "POST", "requests/find", body)); }
};

TEST_F(JournalRequests, AreChosen) {
  add("CreateUser", 200);
  add("CreateUser", 400, "ThrottlingException");
  add("DeleteUser", 200, "", kOtherAccount);
  add("CreateGroup", 0, "", kOtherAccount, R"({"OrganizationId":"m-0123456789abcdef0123456789abcdef"})");
  EXPECT_EQ(listed(""), "1 2 3 4 ");
  EXPECT_EQ(listed("operation=Create*"), "1 2 4 ");
  EXPECT_EQ(listed("operation=CreateUser"), "1 2 ");
  EXPECT_EQ(listed("status=200"), "1 3 ");
  EXPECT_EQ(listed("status=0"), "4 ");
  EXPECT_EQ(listed("error=ThrottlingException"), "2 ");
  EXPECT_EQ(listed("account=111122223333"), "3 4 ");
  EXPECT_EQ(listed("organization=m-0123456789abcdef0123456789abcdef"), "4 ");
  EXPECT_EQ(listed("after=2"), "3 4 ");
  EXPECT_EQ(listed("limit=0"), "");
  EXPECT_EQ(listed("limit=3&after=1&operation=Create*"), "2 4 ");
  EXPECT_EQ(found("{}"), "1 2 3 4 ");
  EXPECT_EQ(found("{'operation':['DeleteUser','CreateGroup']}"), "3 4 ");
  EXPECT_EQ(found("{'status':400}"), "2 ");
  EXPECT_EQ(found("{'error':'ThrottlingException'}"), "2 ");
  EXPECT_EQ(found("{'account':'000000000000'}"), "1 2 ");
  EXPECT_EQ(found("{'input':{'OrganizationId':'m-0123456789abcdef0123456789abcdef'}}"), "4 ");
  EXPECT_EQ(found("{'after':3}"), "4 ");
  EXPECT_EQ(found("{'limit':1,'after':1}"), "2 ");
  EXPECT_TRUE(expect(200, "GET", "requests?limit=1").ends_with(R"(],"lastId":4})"));
}

TEST_F(JournalRequests, AreNotLookedForByNamesThatNoCallCanHave) {
  const std::string meant = " names no operation of WorkMail; did you mean CreateUser?";
  expect_error(400, "operation: \"createuser\"" + meant, "GET", "requests?operation=createuser&wait=5");
  expect_error(400, "operation: \"CreatUser\"" + meant, "GET", "requests/stream?operation=CreatUser");
  expect_error(400, "operation[1]: \"Nothing\" names no operation of WorkMail; it takes names", "POST", "requests/find",
               "{'operation':['Create*','Nothing']}");
  const std::string error = " is not an error of WorkMail; did you mean ThrottlingException?";
  expect_error(400, "error: \"ThrotlingException\"" + error, "GET", "requests?error=ThrotlingException");
  expect_error(400, "error: \"throttlingexception\"" + error, "GET", "requests/stream?error=throttlingexception");
  expect_error(400, "error: \"Throttling\" is not an error of WorkMail", "POST", "requests/find",
               "{'error':'Throttling'}");
  for (const std::string path : {"requests?", "requests/stream?"})
    expect_error(400, "account: must be twelve digits", "GET", path + "account=1");
  expect_error(400, "account: must be twelve digits", "POST", "requests/find", "{'account':'1'}");
  EXPECT_EQ(listed("operation=CreateUser&error=EntityStateException&account=999999999999"), "");
}

// Clients may be newer than the model.
TEST_F(JournalRequests, AreFoundByAnUnknownOperationThatWasCalled) {
  add("CreateTeam", 400, "UnknownOperationException");
  EXPECT_EQ(listed("operation=CreateTeam"), "1 ");
  EXPECT_EQ(listed("operation=CreateTe*&error=UnknownOperationException"), "1 ");
  EXPECT_EQ(found("{'operation':'CreateTeam'}"), "1 ");
}

TEST_F(JournalRequests, AreForgotten) {
  add("CreateUser");
  EXPECT_EQ(expect(200, "DELETE", "requests"), "{}");
  EXPECT_EQ(expect(200, "GET", "requests"), R"({"requests":[],"lastId":1})");
  add("CreateGroup");
  EXPECT_EQ(listed("after=1"), "2 ");
}

TEST_F(JournalRequests, AreHeldOnlyWhenNothingMatchesAndTheClientWaits) {
  const Fields fields;
  Reply reply;
  const auto asks = [&](const std::string& query) -> HeldAnswer* {
    ask("GET", "requests?" + query, "", fields, reply);
    EXPECT_EQ(reply.status, 200) << query;
    return reply.held.get();
  };
  add("CreateUser");
  EXPECT_EQ(asks("operation=CreateUser&wait=5"), nullptr);
  EXPECT_EQ(asks("operation=DeleteUser"), nullptr);
  EXPECT_EQ(asks("operation=DeleteUser&wait=0"), nullptr);
  auto* held = asks("operation=DeleteUser&wait=600");
  ASSERT_NE(held, nullptr);
  EXPECT_GT(held->until, Steady::now() + std::chrono::minutes(9));
  EXPECT_FALSE(held->wanted(emulator_.journal.entries().back()));
  add("DeleteUser");
  EXPECT_TRUE(held->wanted(emulator_.journal.entries().back()));
  Reply better;
  held->answer(better);
  EXPECT_EQ(ids_of(std::string(better.content())), "2 ");
  expect_error(400, "wait: must be at most 10 minutes", "GET", "requests?wait=600.001");
}

// Reads the stream like a session.
class JournalStream : public JournalRequests {
 protected:
  // Starts a stream; `last` is the header Last-Event-ID.
  void open(const std::string& query = {}, const std::string& last = {}) {
    Fields fields;
    if (!last.empty()) fields.set("Last-Event-ID", last);
    ask("GET", "requests/stream" + query, "", fields, reply_);
    EXPECT_EQ(reply_.status, 200);
    EXPECT_EQ(reply_.content_type, "text/event-stream");
    ASSERT_NE(reply_.events, nullptr);
  }
  // The ids of the pending events; "lost" if the reader has missed some.
  auto next() -> std::string {
    std::string events;
    return reply_.events->take(events) ? ids_of(events) : "lost";
  }
  auto wants_last() -> bool { return reply_.events->wanted(emulator_.journal.entries().back()); }

  Reply reply_;
};

TEST_F(JournalStream, BeginsWithWhatComes) {
  add("CreateUser");
  open();
  EXPECT_EQ(next(), "");
  add("CreateUser");
  EXPECT_TRUE(wants_last());
  EXPECT_EQ(next(), "2 ");
  EXPECT_EQ(next(), "");
}

TEST_F(JournalStream, GoesOnBehindMoreThanAHundred) {
  for (int i = 0; i < 250; ++i) add("CreateUser");
  open("", "20");
  std::string expected;
  std::string got;
  for (int id = 21; id <= 250; ++id) expected += std::to_string(id) + " ";
  const auto first = next();
  EXPECT_EQ(count_of(first, " "), 100);
  got = first;
  for (auto more = next(); !more.empty(); more = next()) {
    EXPECT_LE(count_of(more, " "), 100);
    got += more;
  }
  EXPECT_EQ(got, expected);
  add("CreateUser");
  EXPECT_EQ(next(), "251 ");
}

TEST_F(JournalStream, SeesExactlyAHundredOnce) {
  for (int i = 0; i < 100; ++i) add("CreateUser");
  open("", "0");
  EXPECT_EQ(count_of(next(), " "), 100);
  EXPECT_EQ(next(), "");
}

TEST_F(JournalStream, GoesOnBehindWhatIsNotWanted) {
  for (int i = 0; i < 150; ++i) add(i % 2 == 0 ? "CreateUser" : "ListUsers");
  add("DeleteUser");
  open("?operation=DeleteUser", "0");
  EXPECT_EQ(next(), "151 ");
  add("CreateUser");
  EXPECT_FALSE(wants_last());
  add("DeleteUser");
  EXPECT_TRUE(wants_last());
  EXPECT_EQ(next(), "153 ");
}

TEST_F(JournalStream, ResumesWhereItCan) {
  emulator_.journal = Journal(3);
  for (int i = 0; i < 5; ++i) add("CreateUser");
  open("", "4");
  EXPECT_EQ(next(), "5 ");
  open("", "1");
  EXPECT_EQ(next(), "3 4 5 ") << "what was dropped is gone";
  for (const auto* other_run : {"6", "99999999999", "x", "-1"}) {
    open("", other_run);
    EXPECT_EQ(next(), "3 4 5 ") << other_run;
  }
  open("", "5");
  EXPECT_EQ(next(), "");
}

TEST_F(JournalStream, EndsForWhoHasMissedSome) {
  emulator_.journal = Journal(3);
  add("CreateUser");
  open();
  for (int i = 0; i < 3; ++i) add("CreateUser");
  EXPECT_EQ(next(), "2 3 4 ");
  for (int i = 0; i < 4; ++i) add("CreateUser");
  EXPECT_EQ(next(), "lost");
}

TEST_F(JournalStream, LosesNoneOfWhatIsNotWanted) {
  emulator_.journal = Journal(3);
  open("?operation=DeleteUser");
  for (int i = 0; i < 9; ++i) {
    add("CreateUser");
    EXPECT_FALSE(wants_last());
  }
  EXPECT_EQ(next(), "");
  add("DeleteUser");
  EXPECT_TRUE(wants_last());
  EXPECT_EQ(next(), "10 ");
}

TEST_F(JournalRequests, AreRefusedWhenTheJournalIsOff) {
  emulator_.journal = Journal(0);
  for (const auto* path : {"requests", "requests/stream"}) expect_error(422, "The journal is off", "GET", path);
  expect_error(422, "The journal is off", "POST", "requests/find", "{}");
  expect_error(422, "--journal 0 turns off", "GET", "cloudtrail");
}

TEST_F(JournalRequests, BecomeRecordsInTheirOrder) {
  EXPECT_EQ(expect(200, "GET", "cloudtrail"), R"({"Records":[]})");
  add("CreateUsr");
  add("CreateUser");
  add("DeleteUser", 0);
  add("ListUsers", 400, "ThrottlingException", kOtherAccount);
  const auto records = expect(200, "GET", "cloudtrail");
  EXPECT_EQ(count_of(records, "\"eventName\""), 2) << records;
  EXPECT_LT(records.find(R"("eventName":"CreateUser")"), records.find(R"("eventName":"ListUsers")"));
  EXPECT_NE(records.find("},{"), std::string::npos);
}

}  // namespace
}  // namespace workmail::server
