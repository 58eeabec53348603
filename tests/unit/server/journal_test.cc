// The journal and searches in it.
#include "server/emulator/journal.h"

#include <gtest/gtest.h>

#include "api/wire/json_text.h"
#include "server/emulator/journal_query.h"

namespace workmail::server {
namespace {

constexpr const char* kOrganization = "m-0123456789abcdef0123456789abcdef";

auto parsed(const char* text) -> std::shared_ptr<const rapidjson::Document> {
  auto document = std::make_shared<rapidjson::Document>();
  EXPECT_TRUE(api::parse_json(text, *document)) << text;
  return document;
}

auto ids(const std::vector<const JournalEntry*>& entries) -> std::vector<std::uint64_t> {
  std::vector<std::uint64_t> found;
  for (const auto* entry : entries) found.push_back(entry->id);
  return found;
}

using Ids = std::vector<std::uint64_t>;

TEST(Journal, KeepsTheLatest) {
  Journal journal(3);
  for (const char* operation : {"A", "B", "C", "D", "E"}) journal.add({.operation = operation});
  EXPECT_EQ(ids(find_entries(journal, {})), (Ids{3, 4, 5}));
  EXPECT_EQ(journal.entries().front().operation, "C");
  EXPECT_EQ(journal.last_id(), 5);
  EXPECT_EQ(journal.last_dropped(), 2);
}

TEST(Journal, KeepsOnlySoManyBytes) {
  JournalEntry entry;
  entry.request = std::string(1000, 'x');
  const std::size_t size = sizeof entry + 1000;
  Journal journal(100, 3 * size);
  for (int i = 0; i < 3; ++i) journal.add(entry);
  EXPECT_EQ(journal.bytes(), 3 * size);
  EXPECT_EQ(journal.last_dropped(), 0);
  entry.user_agent = "x";
  entry.account = "";
  journal.add(entry);
  EXPECT_EQ(ids(find_entries(journal, {})), (Ids{3, 4})) << "two make room for one byte more";
  journal.add({.account = "111111111111"});
  journal.remove_account("111111111111");
  EXPECT_EQ(journal.bytes(), 2 * size + 1);
  journal.clear();
  EXPECT_EQ(journal.bytes(), 0U);
}

TEST(Journal, KeepsNothingWhenItIsOff) {
  Journal journal(0);
  journal.listen([](const JournalEntry&) { FAIL(); });
  journal.add({.operation = "A"});
  EXPECT_TRUE(journal.entries().empty());
  EXPECT_FALSE(journal.enabled());
}

TEST(Journal, CountsOnAfterItIsCleared) {
  Journal journal(3);
  journal.add({.operation = "A"});
  journal.clear();
  journal.add({.operation = "B"});
  EXPECT_EQ(ids(find_entries(journal, {})), (Ids{2}));
  EXPECT_EQ(journal.last_dropped(), 0);
}

TEST(Journal, ForgetsOneAccount) {
  Journal journal(3);
  for (const char* account : {"111111111111", "222222222222", "111111111111"}) journal.add({.account = account});
  journal.remove_account("111111111111");
  EXPECT_EQ(ids(find_entries(journal, {})), (Ids{2}));
}

TEST(Journal, CallsAllListeners) {
  Journal journal(1);
  std::vector<std::uint64_t> heard;
  for (int i = 0; i < 2; ++i) journal.listen([&](const JournalEntry& entry) { heard.push_back(entry.id); });
  journal.add({});
  journal.add({});
  EXPECT_EQ(heard, (Ids{1, 1, 2, 2}));
}

class JournalQueries : public ::testing::Test {
 protected:
  JournalQueries() {
    const std::string organization = R"({"OrganizationId":")" + std::string(kOrganization) + "\"";
    add("CreateOrganization", 200, "", "111111111111", R"({"Alias":"acme"})", organization + "}");
    add("ListOrganizations", 200, "", "111111111111", "", R"({"OrganizationSummaries":[)" + organization + "}]}");
    add("CreateUser", 400, "ThrottlingException", "111111111111",
        organization + R"(,"Name":"alice","Password":"opensesame"})", "{}");
    add("CreateUser", 200, "", "222222222222", organization + R"(,"Name":"alice","Tags":[{"Key":"a"},{"Key":"b"}]})",
        "{}");
    add("TagResource", 200, "", "111111111111",
        R"({"ResourceARN":"arn:aws:workmail:us-east-1:1:organization/)" + std::string(kOrganization) + "\"}", "{}");
  }

  void add(const char* operation, int status, const char* error, const char* account, const std::string& request,
           const std::string& response) {
    JournalEntry entry{.operation = operation, .status = status, .error = error, .account = account};
    keep_request(entry, request);
    keep_response(entry, response);
    journal_.add(std::move(entry));
  }

  void expect(const JournalQuery& query, const Ids& expected) {
    EXPECT_EQ(ids(find_entries(journal_, query)), expected);
  }

  Journal journal_{100};
};

TEST_F(JournalQueries, FindByOperation) {
  expect({.operations = {"CreateUser"}}, {3, 4});
  expect({.operations = {"Create*"}}, {1, 3, 4});
  expect({.operations = {"TagResource", "List*"}}, {2, 5});
  expect({.operations = {"Create"}}, {});
}

TEST_F(JournalQueries, FindByOutcome) {
  expect({.status = 400}, {3});
  expect({.error = "ThrottlingException"}, {3});
  expect({.error = ""}, {1, 2, 4, 5});
  expect({.status = 200, .error = "ThrottlingException"}, {});
}

TEST_F(JournalQueries, FindByAccount) {
  expect({.account = "222222222222"}, {4});
}

TEST_F(JournalQueries, FindByOrganization) {
  expect({.organization = kOrganization}, {1, 3, 4, 5});
  expect({.organization = "m-00000000000000000000000000000000"}, {});
}

TEST_F(JournalQueries, FindByInput) {
  expect({.input = parsed(R"({"Name":"alice"})")}, {3, 4});
  expect({.input = parsed(R"({"Name":"alice","Password":null})")}, {4});
  expect({.input = parsed(R"({"Tags":[{"Key":"b"}]})")}, {4});
  expect({.input = parsed(R"({"Tags":[{"Key":"c"}]})")}, {});
  expect({.input = parsed("{}")}, {1, 2, 3, 4, 5});
}

TEST_F(JournalQueries, NeverCompareWithWhatIsHidden) {
  add("CreateUser", 200, "", "1", R"({"password":"x","User":{"Password":"x"},"EwsProvider":["x"]})", "{}");
  for (const char* part :
       {R"({"Password":"opensesame"})", R"({"Password":"********"})", R"({"Name":"alice","Password":"opensesame"})",
        R"({"password":"x"})", R"({"User":{"Password":"x"}})", R"({"EwsProvider":["x"]})"}) {
    expect({.input = parsed(part)}, {});
  }
  expect({.input = parsed(R"({"User":{}})")}, {6});
  add("CreatUser", 400, "UnknownOperationException", "1", R"({"Name":"opensesame"})", "{}");
  expect({.input = parsed(R"({"Name":"opensesame"})")}, {});
  JournalEntry all{.operation = "UpdateUser", .redact = api::Redact::All};
  keep_request(all, R"({"City":"Paris","Country":"France"})");
  journal_.add(all);
  all.redact = api::Redact::Secrets;
  journal_.add(all);
  expect({.input = parsed(R"({"City":"Paris"})")}, {9});
}

TEST_F(JournalQueries, FindLongBodiesByInputThatAreKept) {
  add("CreateUser", 200, "", "1", R"({"Name":"bob","x":")" + std::string(9'000, 'x') + "\"}", "{}");
  add("CreateUser", 200, "", "1", R"({"Name":"bob","x":")" + std::string(110'000, 'x') + "\"}", "{}");
  expect({.input = parsed(R"({"Name":"bob"})")}, {6});
  expect({.operations = {"CreateUser"}, .after = 4}, {6, 7});
}

TEST_F(JournalQueries, ReadOn) {
  expect({.after = 3}, {4, 5});
  expect({.after = 5}, {});
  expect({.after = 99}, {});
  expect({.limit = 2}, {1, 2});
  expect({.operations = {"CreateUser"}, .limit = 1}, {3});
  expect({.limit = 0}, {});
}

TEST(OrganizationIds, AreRecognized) {
  EXPECT_TRUE(is_organization_id(kOrganization));
  for (const char* text : {"", "m-", "acme", "m-0123456789abcdef0123456789abcdeF", "x-0123456789abcdef0123456789abcdef",
                           "m-0123456789abcdef0123456789abcdef0"}) {
    EXPECT_FALSE(is_organization_id(text)) << text;
  }
}

TEST(JsonText, Contains) {
  const struct {
    const char* whole;
    const char* part;
    bool contained;
  } cases[] = {
      {"{}", "{}", true},
      {R"({"a":1})", "{}", true},
      {"{}", R"({"a":1})", false},
      {R"({"a":1,"b":{"c":"d","e":2}})", R"({"b":{"c":"d"}})", true},
      {R"({"b":{"c":"d"}})", R"({"b":{"c":"x"}})", false},
      {R"({"a":1})", R"({"a":1.0})", true},
      {R"({"a":1})", R"({"a":"1"})", false},
      {R"({"a":true})", R"({"a":true})", true},
      {R"({"a":null})", R"({"a":null})", true},
      {"{}", R"({"a":null})", true},
      {R"({"a":1})", R"({"a":null})", false},
      {"[1,2,3]", "[3,1]", true},
      {"[1,2,3]", "[]", true},
      {"[1,2,3]", "[4]", false},
      {R"([{"a":1,"b":2}])", R"([{"b":2}])", true},
      {"[]", "{}", false},
      {"{}", "[]", false},
      {R"({"a":[]})", R"({"a":{}})", false},
  };
  for (const auto& one : cases) {
    api::Effort effort(100);
    EXPECT_EQ(api::contains(*parsed(one.whole), *parsed(one.part), effort), one.contained)
        << one.whole << " " << one.part;
  }
}

// The object, its members, the list, and 361 elements for each of 277: a hundred thousand values, and one more.
TEST(JournalQuery, ComparesOnlySoManyValues) {
  const auto list = [](int ones, int twos) {
    std::string text;
    for (int i = 0; i < ones + twos; ++i) text += std::string(i == 0 ? "" : ",") + (i < ones ? "1" : "2");
    return R"({"a":[)" + text + "]";
  };
  JournalEntry entry{.id = 1, .operation = "ListUsers"};
  keep_request(entry, list(360, 1) + "}");
  const auto matches = [&](const std::string& part) {
    return JournalQuery{.input = parsed(part.c_str())}.matches(entry);
  };
  EXPECT_TRUE(matches(list(0, 277) + "}"));
  EXPECT_FALSE(matches(list(0, 277) + R"(,"b":null})"));
  EXPECT_TRUE(matches(list(0, 276) + R"(,"b":null})"));
}

TEST(JsonText, IsReadToACertainDepth) {
  rapidjson::Document document;
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(api::parse_json(nested(64), document));
  EXPECT_FALSE(api::parse_json(nested(65), document));
  EXPECT_FALSE(api::parse_json(nested(1'000'000), document));
  using std::string_literals::operator""s;
  for (const auto& text : {""s, "{"s, "{}x"s, "{\"a\":\"\xff\"}"s, "{}\0"s})
    EXPECT_FALSE(api::parse_json(text, document));
}

}  // namespace
}  // namespace workmail::server
