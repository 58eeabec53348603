#include "api/mail/function_answer.h"

#include <gtest/gtest.h>

#include <array>

#include "store/words.h"

namespace workmail::test {
namespace {

using api::AppliedAnswer;
using api::FunctionInvocation;
using store::FlowAction;
using store::FlowDirection;

auto is_of_acme(std::string_view address) -> bool {
  return address.ends_with("@acme.test");
}

// The fallback is MOVE_TO_JUNK or inbound BOUNCE, which no response here contains.
auto inbound(std::vector<std::string> recipients = {"a@acme.test", "b@acme.test", "c@acme.test"})
    -> FunctionInvocation {
  return {.direction = FlowDirection::Inbound, .recipients = std::move(recipients), .fallback = FlowAction::MoveToJunk};
}

auto outbound(std::vector<std::string> recipients = {"a@x.test", "b@x.test", "c@x.test"}) -> FunctionInvocation {
  return {.direction = FlowDirection::Outbound,
          .recipients = std::move(recipients),
          .fallback = FlowAction::RouteToSmtpGateway};
}

// As in "a@acme.test DROP, b@acme.test BOUNCE (No.), c@acme.test MOVE_TO_JUNK fallback, d@acme.test DEFAULT new".
auto shown(const AppliedAnswer& answer) -> std::string {
  if (!answer.failure.empty()) return answer.failure;
  std::string text;
  for (const auto& recipient : answer.recipients) {
    if (!text.empty()) text += ", ";
    text += recipient.address + " " + std::string(store::word(recipient.action));
    if (recipient.bounce_message) text += " (" + *recipient.bounce_message + ")";
    if (recipient.is_fallback) text += " fallback";
    if (recipient.is_new) text += " new";
  }
  return text;
}

auto outcome(const FunctionInvocation& invocation, std::string_view json) -> std::string {
  return shown(api::apply_answer(json, invocation, is_of_acme));
}

struct Case {
  std::string answer;
  std::string applied;
};

void expect(const FunctionInvocation& invocation, const std::vector<Case>& cases) {
  for (const auto& [answer, applied] : cases) EXPECT_EQ(outcome(invocation, answer), applied) << answer;
}

constexpr auto kInvalid = "The function's answer is invalid: ";

void expect_invalid(const FunctionInvocation& invocation, const std::vector<Case>& cases) {
  for (const auto& [answer, reason] : cases) EXPECT_EQ(outcome(invocation, answer), kInvalid + reason) << answer;
}

struct Allowed {
  FlowAction action;
  bool inbound;
  bool outbound;
};

TEST(FunctionAnswers, AllowTheActionsOfTheDirection) {
  const std::array<Allowed, 7> actions{{{FlowAction::Drop, true, true},
                                        {FlowAction::Bounce, true, true},
                                        {FlowAction::MoveToJunk, true, false},
                                        {FlowAction::Default, true, true},
                                        {FlowAction::BypassSpamCheck, true, false},
                                        {FlowAction::RouteToSmtpGateway, false, false},
                                        {FlowAction::RunLambda, false, false}}};
  const auto refused = [](std::string_view type, std::string_view direction) {
    return kInvalid + ("the type " + std::string(type)) + " is not allowed when flowDirection is " +
           std::string(direction);
  };
  for (const auto& [action, is_inbound, is_outbound] : actions) {
    const std::string type(store::word(action));
    const auto answer = R"({"actions":[{"action":{"type":")" + type + R"("},"allRecipients":true}]})";
    EXPECT_EQ(outcome(inbound({"a@acme.test"}), answer), is_inbound ? "a@acme.test " + type : refused(type, "INBOUND"));
    EXPECT_EQ(outcome(outbound({"a@x.test"}), answer), is_outbound ? "a@x.test " + type : refused(type, "OUTBOUND"));
  }
}

TEST(FunctionAnswers, GiveEachRecipientItsActionThenThatForAllThenTheFallback) {
  expect(inbound(),
         {{R"({"actions":[{"action":{"type":"DEFAULT"},"allRecipients":true}]})",
           "a@acme.test DEFAULT, b@acme.test DEFAULT, c@acme.test DEFAULT"},
          {R"({"actions":[{"action":{"type":"DROP"},"recipients":["b@acme.test"]}]})",
           "a@acme.test MOVE_TO_JUNK fallback, b@acme.test DROP, c@acme.test MOVE_TO_JUNK fallback"},
          // The explicit action counts, even if it comes later.
          {R"({"actions":[{"action":{"type":"DEFAULT"},"allRecipients":true},
                       {"action":{"type":"DROP"},"recipients":["b@acme.test"]}]})",
           "a@acme.test DEFAULT, b@acme.test DROP, c@acme.test DEFAULT"},
          {R"({"actions":[{"action":{"type":"DROP"},"recipients":["b@acme.test"]},
                       {"action":{"type":"DEFAULT"},"allRecipients":true}]})",
           "a@acme.test DEFAULT, b@acme.test DROP, c@acme.test DEFAULT"},
          // Recipients and allRecipients in one action.
          {R"({"actions":[{"action":{"type":"BOUNCE"},"recipients":["a@acme.test"]},
                       {"action":{"type":"DEFAULT"},"recipients":["b@acme.test"],"allRecipients":true}]})",
           "a@acme.test BOUNCE, b@acme.test DEFAULT, c@acme.test DEFAULT"},
          // With allRecipients false, the rest gets the fallback.
          {R"({"actions":[{"action":{"type":"DROP"},"recipients":["b@acme.test"],"allRecipients":false}]})",
           "a@acme.test MOVE_TO_JUNK fallback, b@acme.test DROP, c@acme.test MOVE_TO_JUNK fallback"},
          // An empty list applies to no recipient.
          {R"({"actions":[{"action":{"type":"DROP"},"recipients":[]},
                       {"action":{"type":"DEFAULT"},"allRecipients":true}]})",
           "a@acme.test DEFAULT, b@acme.test DEFAULT, c@acme.test DEFAULT"},
          {R"({"actions":[{"action":{"type":"DROP"},"recipients":[]}]})",
           "a@acme.test MOVE_TO_JUNK fallback, b@acme.test MOVE_TO_JUNK fallback, c@acme.test MOVE_TO_JUNK fallback"}});
}

TEST(FunctionAnswers, CountTheFirstOfTwoActions) {
  expect(inbound({"a@acme.test"}), {{R"({"actions":[{"action":{"type":"DEFAULT"},"recipients":["a@acme.test"]},
                                          {"action":{"type":"DROP"},"recipients":["a@acme.test"]}]})",
                                     "a@acme.test DEFAULT"},
                                    {R"({"actions":[{"action":{"type":"DEFAULT"},"allRecipients":true},
                                          {"action":{"type":"DROP"},"allRecipients":true}]})",
                                     "a@acme.test DEFAULT"}});
}

TEST(FunctionAnswers, CompareAddressesWithoutCase) {
  expect(inbound({"Alice@Acme.test", "b@acme.test", "alice@acme.TEST"}),
         {{R"({"actions":[{"action":{"type":"DROP"},"recipients":["aLICE@aCME.test"]}]})",
           "Alice@Acme.test DROP, b@acme.test MOVE_TO_JUNK fallback, alice@acme.TEST DROP"}});
}

TEST(FunctionAnswers, TakeTextsForBooleans) {
  const auto answer = [](const std::string& all) {
    return R"({"actions":[{"action":{"type":"DROP"},"recipients":["b@x.test"],"allRecipients":)" + all + "}]}";
  };
  const auto* const kAll = "a@x.test DROP, b@x.test DROP";
  const auto* const kOne = "a@x.test ROUTE_TO_SMTP_GATEWAY fallback, b@x.test DROP";
  const auto kNone = std::string(kInvalid) + "allRecipients is not a boolean";
  expect(outbound({"a@x.test", "b@x.test"}), {{answer("true"), kAll},
                                              {answer(R"("true")"), kAll},
                                              {answer("false"), kOne},
                                              {answer(R"("false")"), kOne},
                                              {answer("null"), kOne},
                                              {answer(R"("True")"), kNone},
                                              {answer(R"("")"), kNone},
                                              {answer("1"), kNone},
                                              {answer("[]"), kNone},
                                              {answer("{}"), kNone}});
}

TEST(FunctionAnswers, BounceWithTheMessageOfTheFunction) {
  const auto answer = [](const std::string& action) {
    return R"({"actions":[{"action":)" + action + R"(,"allRecipients":true}]})";
  };
  expect(inbound({"a@acme.test"}),
         {{answer(R"({"type":"BOUNCE","parameters":{"bounceMessage":"No."}})"), "a@acme.test BOUNCE (No.)"},
          {answer(R"({"type":"BOUNCE","parameters":{"bounceMessage":""}})"), "a@acme.test BOUNCE ()"},
          {answer(R"({"type":"BOUNCE","parameters":{"bounceMessage":null}})"), "a@acme.test BOUNCE"},
          {answer(R"({"type":"BOUNCE","parameters":{"other":1}})"), "a@acme.test BOUNCE"},
          {answer(R"({"type":"BOUNCE","parameters":{}})"), "a@acme.test BOUNCE"},
          {answer(R"({"type":"BOUNCE","parameters":null})"), "a@acme.test BOUNCE"},
          {answer(R"({"type":"BOUNCE"})"), "a@acme.test BOUNCE"},
          {answer(R"({"type":"DROP","parameters":{"bounceMessage":"No."}})"), "a@acme.test DROP"},
          {answer(R"({"type":"DROP","parameters":{"bounceMessage":1}})"), "a@acme.test DROP"}});
}

TEST(FunctionAnswers, IgnoreMembersThatTheyDoNotKnow) {
  expect(inbound({"a@acme.test"}),
         {{R"({"x":1,"actions":[{"y":[{}],"default":true,"action":{"type":"DROP","z":null},"allRecipients":true}]})",
           "a@acme.test DROP"}});
}

TEST(FunctionAnswers, AddNewRecipientsOnce) {
  expect(inbound({"a@acme.test"}),
         {{R"({"actions":[{"action":{"type":"DEFAULT"},"recipients":["new@acme.test","NEW@acme.test"],
                           "allRecipients":true},
                          {"action":{"type":"MOVE_TO_JUNK"},"recipients":["new@acme.test","b@acme.test"]},
                          {"action":{"type":"BYPASS_SPAM_CHECK"},"recipients":["c@acme.test"]}]})",
           "a@acme.test DEFAULT, new@acme.test DEFAULT new, b@acme.test MOVE_TO_JUNK new, "
           "c@acme.test BYPASS_SPAM_CHECK new"}});
  expect(outbound({"a@x.test"}), {{R"({"actions":[{"action":{"type":"DEFAULT"},"recipients":["new@y.test"]}]})",
                                   "a@x.test ROUTE_TO_SMTP_GATEWAY fallback, new@y.test DEFAULT new"}});
}

TEST(FunctionAnswers, AddNoRecipientToDropOrBounceFor) {
  for (const std::string type : {"DROP", "BOUNCE"}) {
    const auto answer = R"({"actions":[{"action":{"type":")" + type +
                        R"("},"recipients":["new@x.test","no address"],"allRecipients":true}]})";
    EXPECT_EQ(outcome(inbound({"a@acme.test"}), answer), "a@acme.test " + type);
  }
}

TEST(FunctionAnswers, RefuseNewRecipientsThatAreOutsideOrNoAddress) {
  const auto answer = [](const std::string& recipient) {
    return R"({"actions":[{"action":{"type":"DEFAULT"},"recipients":[")" + recipient + R"("]}]})";
  };
  expect_invalid(inbound(), {{answer("new@x.test"), "a new recipient is not of the organization: new@x.test"},
                             {answer("new"), "a new recipient is not an address: new"},
                             {answer(""), "a new recipient is not an address: "}});
  expect_invalid(outbound(), {{answer("new"), "a new recipient is not an address: new"},
                              {answer("a@x.test\\r\\nBcc: b@x.test"),
                               "a new recipient is not an address: a@x.test\r\nBcc: b@x.test"}});
  // The original recipients are not validated.
  EXPECT_EQ(outcome(inbound({"outside@x.test", "odd"}),
                    R"({"actions":[{"action":{"type":"DROP"},"recipients":["outside@x.test","odd"]}]})"),
            "outside@x.test DROP, odd DROP");
}

TEST(FunctionAnswers, AreInvalidWithWrongTypesOrMissingMembers) {
  const std::string kAction = R"("action":{"type":"DROP"})";
  expect_invalid(
      inbound(),
      {{"", "it is not JSON, or is nested too deeply"},
       {"{", "it is not JSON, or is nested too deeply"},
       {"{} {}", "it is not JSON, or is nested too deeply"},
       {std::string("{}\0", 3), "it is not JSON, or is nested too deeply"},
       {std::string(65, '[') + std::string(65, ']'), "it is not JSON, or is nested too deeply"},
       {R"({"actions":"\ud800"})", "it is not JSON, or is nested too deeply"},
       {"{\"actions\":\"\xFF\"}", "it is not UTF-8"},
       {"null", "there is no list of actions"},
       {"\"actions\"", "there is no list of actions"},
       {"[]", "there is no list of actions"},
       {"{}", "there is no list of actions"},
       {R"({"Actions":[]})", "there is no list of actions"},
       {R"({"actions":null})", "there is no list of actions"},
       {R"({"actions":{}})", "there is no list of actions"},
       {R"({"actions":[]})", "the list of actions is empty"},
       {R"({"actions":[null]})", "an element of actions is not an object"},
       {R"({"actions":["DROP"]})", "an element of actions is not an object"},
       {R"({"actions":[{"allRecipients":true}]})", "action is not an object"},
       {R"({"actions":[{"action":"DROP","allRecipients":true}]})", "action is not an object"},
       {R"({"actions":[{"action":{},"allRecipients":true}]})", "type is not a text"},
       {R"({"actions":[{"action":{"type":1},"allRecipients":true}]})", "type is not a text"},
       {R"({"actions":[{"action":{"type":"drop"},"allRecipients":true}]})",
        "the type drop is not allowed when flowDirection is INBOUND"},
       {R"({"actions":[{"action":{"type":""},"allRecipients":true}]})",
        "the type  is not allowed when flowDirection is INBOUND"},
       {R"({"actions":[{"action":{"type":"DROP","parameters":[]},"allRecipients":true}]})",
        "parameters is not an object"},
       {R"({"actions":[{"action":{"type":"BOUNCE","parameters":{"bounceMessage":1}},"allRecipients":true}]})",
        "bounceMessage is not a text"},
       {R"({"actions":[{)" + kAction + "}]}", "an action has neither recipients nor allRecipients"},
       {R"({"actions":[{)" + kAction + R"(,"allRecipients":false}]})",
        "an action has neither recipients nor allRecipients"},
       {R"({"actions":[{)" + kAction + R"(,"recipients":null}]})",
        "an action has neither recipients nor allRecipients"},
       {R"({"actions":[{)" + kAction + R"(,"recipients":"a@acme.test"}]})", "recipients is not a list"},
       {R"({"actions":[{)" + kAction + R"(,"recipients":[1]}]})", "a recipient is not a text"},
       {R"({"actions":[{)" + kAction + R"(,"recipients":[{"address":"a@acme.test"}]}]})", "a recipient is not a text"},
       // One invalid action makes the whole response invalid.
       {R"({"actions":[{)" + kAction + R"(,"allRecipients":true},{}]})", "action is not an object"}});
}

TEST(FunctionAnswers, AreReadUpTo256Kilobytes) {
  const std::string start = R"({"actions":[{"action":{"type":"DROP"},"allRecipients":true}],"x":")";
  const std::string end = "\"}";
  const auto most = start + std::string(api::kMaxAnswerSize - start.size() - end.size(), 'x') + end;
  EXPECT_EQ(outcome(inbound({"a@acme.test"}), most), "a@acme.test DROP");
  EXPECT_EQ(outcome(inbound({"a@acme.test"}), most + " "), std::string(kInvalid) + "it is larger than 256 KB");
}

TEST(FunctionAnswers, GiveTheFallbackToTheActionsBehindTheTenth) {
  std::string actions = R"({"actions":[)";
  std::vector<std::string> recipients;
  std::string applied;
  for (int i = 1; i <= 12; ++i) {
    const auto address = "r" + std::to_string(i) + "@acme.test";
    recipients.push_back(address);
    actions += R"({"action":{"type":"DROP"},"recipients":[")" + address + R"("]},)";
    applied += address + (i <= 10 ? " DROP, " : " MOVE_TO_JUNK fallback, ");
  }
  const auto with = [&](const std::string& last) { return actions + last + "]}"; };
  applied.resize(applied.size() - 2);
  actions.pop_back();
  EXPECT_EQ(outcome(inbound(recipients), with("")), applied);
  // They do not add recipients either, but they must be valid.
  EXPECT_EQ(outcome(inbound(recipients), with(R"(,{"action":{"type":"DEFAULT"},"recipients":["new@acme.test"]})")),
            applied);
  EXPECT_EQ(outcome(inbound(recipients), with(R"(,{"action":{"type":"X"},"recipients":[]})")),
            std::string(kInvalid) + "the type X is not allowed when flowDirection is INBOUND");
}

TEST(FunctionAnswers, GiveTheFallbackToWhomTheEleventhActionNamesBeforeThatForAll) {
  std::string actions = R"({"actions":[{"action":{"type":"DEFAULT"},"allRecipients":true})";
  for (int i = 2; i <= 10; ++i) actions += R"(,{"action":{"type":"DROP"},"recipients":[]})";
  EXPECT_EQ(outcome(inbound({"a@acme.test", "b@acme.test"}),
                    actions + R"(,{"action":{"type":"DROP"},"recipients":["b@acme.test"]}]})"),
            "a@acme.test DEFAULT, b@acme.test MOVE_TO_JUNK fallback");
}

auto many(std::size_t count, const std::string& domain) -> std::vector<std::string> {
  std::vector<std::string> addresses;
  for (std::size_t i = 0; i < count; ++i) addresses.push_back("r" + std::to_string(i) + domain);
  return addresses;
}

TEST(FunctionAnswers, TakeFiveHundredRecipientsOutbound) {
  const auto* const kAll = R"({"actions":[{"action":{"type":"DROP"},"allRecipients":true},
                                          {"action":{"type":"DEFAULT"},"recipients":["new@acme.test"]}]})";
  const auto out = api::apply_answer(kAll, outbound(many(502, "@x.test")), is_of_acme).recipients;
  ASSERT_EQ(out.size(), 502U);
  for (std::size_t i = 0; i < out.size(); ++i) {
    EXPECT_EQ(out[i].action, i < 500 ? FlowAction::Drop : FlowAction::RouteToSmtpGateway) << i;
    EXPECT_EQ(out[i].is_fallback, i >= 500) << i;
  }
  const auto with_new = api::apply_answer(kAll, outbound(many(499, "@x.test")), is_of_acme).recipients;
  ASSERT_EQ(with_new.size(), 500U);
  EXPECT_TRUE(with_new.back().is_new);

  const auto in = api::apply_answer(kAll, inbound(many(600, "@acme.test")), is_of_acme).recipients;
  ASSERT_EQ(in.size(), 601U);
  EXPECT_EQ(in[599].action, FlowAction::Drop);
  EXPECT_TRUE(in.back().is_new);
}

TEST(FunctionAnswers, DoNotCountRecipientsWithTheFallbackOutbound) {
  const auto recipients = many(502, "@x.test");
  std::string answer = R"({"actions":[{"action":{"type":"DROP"},"recipients":[)";
  for (std::size_t i = 2; i < recipients.size(); ++i) answer += '"' + recipients[i] + "\",";
  answer.back() = ']';
  const auto applied = api::apply_answer(answer + "}]}", outbound(recipients), is_of_acme).recipients;
  ASSERT_EQ(applied.size(), 502U);
  EXPECT_TRUE(applied[1].is_fallback);
  EXPECT_FALSE(applied[2].is_fallback);
  EXPECT_FALSE(applied[501].is_fallback);
}

TEST(FunctionAnswers, AskForNewRecipientsOnly) {
  std::vector<std::string> asked;
  const auto ask = [&](std::string_view address) {
    asked.emplace_back(address);
    return true;
  };
  const auto* const kAnswer =
      R"({"actions":[{"action":{"type":"DEFAULT"},"recipients":["a@acme.test","new@acme.test"]}]})";
  api::apply_answer(kAnswer, inbound(), ask);
  EXPECT_EQ(asked, std::vector<std::string>{"new@acme.test"});
}

TEST(FunctionAnswers, KeepALongBounceMessageOnce) {
  const auto answer = R"({"actions":[{"action":{"type":"BOUNCE","parameters":{"bounceMessage":")" +
                      std::string(100000, 'm') + R"("}},"allRecipients":true}]})";
  const auto applied = api::apply_answer(answer, inbound(many(2, "@acme.test")), is_of_acme);
  ASSERT_EQ(applied.recipients.size(), 2U);
  EXPECT_EQ(applied.recipients[0].bounce_message, applied.recipients[1].bounce_message);
}

}  // namespace
}  // namespace workmail::test
