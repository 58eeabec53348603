// Messages and email flow rules, with functions that the tests simulate, and the Message Flow API.
#include <vector>

#include "api/mail/email_flow_rules.h"
#include "api/mail/message_flow.h"
#include "api/mail/message_limits.h"
#include "api/mail/message_submission.h"
#include "tests/api/api_test.h"

namespace workmail::test {

namespace {

using api::FunctionCall;
using store::FlowAction;
using store::FlowDirection;
using store::MessageOutcome;

constexpr auto kMinute = std::chrono::minutes(1);

// "alice@acme.awsapps.com DELIVERED by rule"
auto text(const store::MessageRecipient& recipient) -> std::string {
  auto text = recipient.address + " " + std::string(store::word(recipient.outcome));
  if (recipient.rule) text += " by " + *recipient.rule;
  return text;
}

class MailFlow : public ApiTest {
 protected:
  using Texts = std::vector<std::string>;

  MailFlow() {
    organization("acme");
    alice_ = user("alice", at("alice"));
    user("bob", at("bob"));
  }

  static auto at(const std::string& name) -> std::string { return name + "@acme.awsapps.com"; }

  template <class Work>
  auto run(Work work) {
    return service_->run({.account = account_, .region = region_},
                         [&](api::Context& context) { return work(context, context.organization(organization_id_)); });
  }

  void rule(const std::string& name, FlowDirection direction, const std::string& sender, FlowAction action) {
    put({.name = name,
         .direction = direction,
         .sender_patterns = {sender},
         .destination_patterns = {"*"},
         .action = action});
  }
  void function(const std::string& name, FlowDirection direction, int timeout = 0,
                FlowAction fallback = FlowAction::Drop, bool synchronous = true) {
    put({.name = name,
         .direction = direction,
         .sender_patterns = {"*"},
         .destination_patterns = {"*"},
         .action = FlowAction::RunLambda,
         .lambda_arn = "arn:aws:lambda:us-east-1:000000000000:function:f",
         .synchronous = synchronous,
         .fallback = synchronous ? fallback : FlowAction::Default,
         .rule_timeout_minutes = timeout});
  }
  void put(const store::EmailFlowRule& rule) {
    run([&](api::Context& context, const auto& organization) {
      api::put_email_flow_rule(context, organization, rule);
    });
  }

  auto send(const std::string& from, const Texts& to, const std::string& body = "x", bool spam = false)
      -> store::MessageNumber {
    const std::string content = "From: " + from +
                                "\r\nSubject: =?utf-8?q?h=C3=A9?=\r\nMessage-ID: <1@x.test>\r\n"
                                "Date: Thu, 1 Jan 2026 00:00:00 +0000\r\nTo: " +
                                to.front() + "\r\n\r\n" + body + "\r\n";
    return run([&](api::Context& context, const auto& organization) {
      return api::submit_message(context, organization, {.content = content, .recipients = to, .spam = spam});
    });
  }
  auto advance_message(store::MessageNumber number) -> std::vector<FunctionCall> {
    return run([&](api::Context& context, const auto&) { return api::advance_message(context, number); });
  }
  void answer(store::MessageNumber number, const FunctionCall& call, const std::string& response,
              const std::string& failure = {}) {
    run([&](api::Context& context, const auto&) {
      api::finish_invocation(context, number, call,
                             {.started_at = context.now, .status = 200, .response = response, .failure = failure});
    });
  }
  // Status and body of GetRawMessageContent.
  auto get(const std::string& id) -> std::pair<int, std::string> {
    std::string body = "{\"messageId\":\"" + id + "\"}";
    std::string text;
    const auto outcome = service_->call(api::find_operation("GetRawMessageContent"), body, {account_, region_}, text);
    return {outcome.status, text};
  }
  auto message(store::MessageNumber number) -> store::Message { return store_->messages.find(number).value(); }
  auto recipients(store::MessageNumber number) -> Texts {
    Texts texts;
    for (const auto& recipient : store_->messages.recipients(number)) texts.push_back(text(recipient));
    return texts;
  }
  // Processes messages without functions.
  auto outcome(const std::string& from, const Texts& to, bool spam = false) -> Texts {
    const auto number = send(from, to, "x", spam);
    EXPECT_TRUE(advance_message(number).empty());
    EXPECT_TRUE(message(number).arrived);
    return recipients(number);
  }
  // Processes messages with one function, which returns this response.
  auto outcome_of(const std::string& from, const Texts& to, const std::string& response) -> Texts {
    const auto number = send(from, to);
    const auto calls = advance_message(number);
    EXPECT_EQ(calls.size(), 1U);
    for (const auto& call : calls) answer(number, call, response);
    EXPECT_TRUE(advance_message(number).empty());
    return recipients(number);
  }

  std::string alice_;
};

TEST_F(MailFlow, DeliversToMailboxes) {
  ok("CreateAlias", "'EntityId':'" + alice_ + "','Alias':'" + at("al") + "'");
  EXPECT_EQ(outcome("x@other.test", {at("alice"), at("AL"), at("missing"), "x@other.test"}),
            (Texts{at("alice") + " DELIVERED", at("AL") + " DELIVERED", at("missing") + " NOT_FOUND",
                   "x@other.test NOT_FOUND"}));
  EXPECT_EQ(outcome("x@other.test", {at("alice")}, true), Texts{at("alice") + " JUNK"});
}

TEST_F(MailFlow, DeliversToTheMembersOfGroups) {
  const auto outer = group("outer", at("outer"));
  const auto inner = group("inner", at("inner"));
  const auto empty = group("empty", at("empty"));
  for (const auto& [to, member] :
       std::vector<std::pair<std::string, std::string>>{{outer, inner}, {outer, alice_}, {inner, alice_}}) {
    ok("AssociateMemberToGroup", "'GroupId':'" + to + "','MemberId':'" + member + "'");
  }
  EXPECT_EQ(outcome("x@other.test", {at("outer"), at("empty")}),
            (Texts{at("empty") + " NO_MAILBOX", at("alice") + " DELIVERED"}));
  EXPECT_EQ(outcome("x@other.test", {at("outer"), at("alice")}), Texts{at("alice") + " DELIVERED"});
  EXPECT_EQ(outcome("x@other.test", {at("alice"), at("outer")}), Texts{at("alice") + " DELIVERED"});
}

TEST_F(MailFlow, HasNoMailboxForRemoteUsers) {
  const auto remote = ok("CreateUser", "'Name':'remote','DisplayName':'r','Role':'REMOTE_USER'")["UserId"];
  register_entity(remote, at("remote"));
  EXPECT_EQ(outcome("x@other.test", {at("remote")}), Texts{at("remote") + " NO_MAILBOX"});
}

TEST_F(MailFlow, FollowsRulesOfIncomingMail) {
  rule("drop", FlowDirection::Inbound, "drop.test", FlowAction::Drop);
  rule("bounce", FlowDirection::Inbound, "bounce.test", FlowAction::Bounce);
  rule("junk", FlowDirection::Inbound, "junk.test", FlowAction::MoveToJunk);
  rule("bypass", FlowDirection::Inbound, "bypass.test", FlowAction::BypassSpamCheck);
  rule("default", FlowDirection::Inbound, "default.test", FlowAction::Default);
  rule("out", FlowDirection::Outbound, "*", FlowAction::Drop);
  EXPECT_EQ(outcome("a@drop.test", {at("alice")}), Texts{at("alice") + " DROPPED by drop"});
  EXPECT_EQ(outcome("a@bounce.test", {at("alice")}), Texts{at("alice") + " BOUNCED by bounce"});
  EXPECT_EQ(outcome("a@junk.test", {at("alice")}), Texts{at("alice") + " JUNK by junk"});
  EXPECT_EQ(outcome("a@bypass.test", {at("alice")}, true), Texts{at("alice") + " DELIVERED by bypass"});
  EXPECT_EQ(outcome("a@default.test", {at("alice")}, true), Texts{at("alice") + " JUNK by default"});
  EXPECT_EQ(outcome("a@other.test", {at("alice")}), Texts{at("alice") + " DELIVERED"});
}

TEST_F(MailFlow, FollowsRulesOfOutgoingMail) {
  rule("gateway", FlowDirection::Outbound, at("bob"), FlowAction::RouteToSmtpGateway);
  rule("in", FlowDirection::Inbound, "acme.awsapps.com", FlowAction::MoveToJunk);
  EXPECT_EQ(outcome(at("alice"), {"x@other.test", at("bob")}), (Texts{"x@other.test SENT", at("bob") + " JUNK by in"}));
  EXPECT_EQ(outcome(at("bob"), {"x@other.test", at("alice")}),
            (Texts{"x@other.test ROUTED by gateway", at("alice") + " ROUTED by gateway"}));
}

TEST_F(MailFlow, InvokesAFunctionAndAppliesItsAnswer) {
  function("f", FlowDirection::Inbound);
  const auto number = send("x@other.test", {at("alice"), at("missing"), at("bob")});
  const auto calls = advance_message(number);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].recipients, (Texts{at("alice"), at("bob")}));
  EXPECT_NE(calls[0].event.find("\"subject\":\"h\u00e9\""), std::string::npos) << calls[0].event;
  EXPECT_NE(calls[0].event.find("\"messageId\":\"" + message(number).id + "\""), std::string::npos);
  EXPECT_TRUE(message(number).waiting);
  EXPECT_EQ(recipients(number).front(), at("alice") + " PENDING by f");
  answer(number, calls[0],
         R"({"actions":[{"action":{"type":"DEFAULT"},"recipients":[")" + at("bob") +
             R"("]},{"action":{"type":"BOUNCE","parameters":{"bounceMessage":"no"}},"allRecipients":true}]})");
  EXPECT_TRUE(advance_message(number).empty());
  EXPECT_EQ(recipients(number),
            (Texts{at("alice") + " BOUNCED by f", at("missing") + " NOT_FOUND", at("bob") + " DELIVERED by f"}));
  EXPECT_EQ(store_->messages.recipients(number)[0].bounce_message, "no");
  EXPECT_FALSE(message(number).waiting);
  const auto invocations = store_->messages.invocations(number);
  ASSERT_EQ(invocations.size(), 1U);
  EXPECT_EQ(invocations[0].status, 200);
  EXPECT_EQ(invocations[0].failure, std::nullopt);
}

TEST_F(MailFlow, HasTheAuthorOfMailOnBehalfInTheEvent) {
  function("f", FlowDirection::Inbound);
  const auto event_of = [&](const std::optional<std::string>& mail_from) {
    const std::string content = "From: bob@other.test\r\nSender: secretary@other.test\r\n\r\n";
    const auto number = run([&](api::Context& context, const auto& organization) {
      return api::submit_message(context, organization,
                                 {.content = content, .mail_from = mail_from, .recipients = {at("alice")}});
    });
    return advance_message(number).at(0).event;
  };
  const auto event = event_of(std::nullopt);
  EXPECT_NE(event.find(R"("mailFrom":{"address":"bob@other.test"})"), std::string::npos) << event;
  EXPECT_NE(event.find(R"("sender":{"address":"secretary@other.test"})"), std::string::npos) << event;
  EXPECT_NE(event_of("bounces@other.test").find(R"("mailFrom":{"address":"bounces@other.test"})"), std::string::npos);
}

TEST_F(MailFlow, AddsRecipientsThatAFunctionNames) {
  function("f", FlowDirection::Inbound);
  EXPECT_EQ(outcome_of("x@other.test", {at("alice")},
                       R"({"actions":[{"action":{"type":"DEFAULT"},"recipients":[")" + at("bob") +
                           R"("],"allRecipients":true}]})"),
            (Texts{at("alice") + " DELIVERED by f", at("bob") + " DELIVERED by f"}));
}

TEST_F(MailFlow, FallsBackWhenAnAnswerCannotBeUsed) {
  function("f", FlowDirection::Inbound, 0, FlowAction::MoveToJunk);
  EXPECT_EQ(outcome_of("x@other.test", {at("alice")}, "null"), Texts{at("alice") + " JUNK by f"});
  EXPECT_EQ(outcome_of("x@other.test", {at("alice")}, R"({"actions":[{"action":{"type":"NO"},"allRecipients":true}]})"),
            Texts{at("alice") + " JUNK by f"});
}

TEST_F(MailFlow, RetriesUntilTheTimeOfTheRuleIsOver) {
  function("f", FlowDirection::Inbound, 2, FlowAction::MoveToJunk);
  const auto number = send("x@other.test", {at("alice")});
  std::string id;
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const auto calls = advance_message(number);
    ASSERT_EQ(calls.size(), 1U) << attempt;
    EXPECT_EQ(calls[0].attempt, attempt);
    if (id.empty()) id = calls[0].invocation_id;
    EXPECT_EQ(calls[0].invocation_id, id);
    EXPECT_EQ(id.size(), 32U);
    answer(number, calls[0], "", "timed out");
    EXPECT_TRUE(advance_message(number).empty());
    advance(kMinute);
    ok("ListUsers");
  }
  EXPECT_EQ(recipients(number), Texts{at("alice") + " JUNK by f"});
  EXPECT_EQ(store_->messages.invocations(number).size(), 3U);
  EXPECT_TRUE(message(number).arrived);
}

TEST_F(MailFlow, LetsAnAsynchronousFunctionHoldUpNothing) {
  function("f", FlowDirection::Outbound, 0, FlowAction::Default, false);
  const auto number = send(at("alice"), {"x@other.test"});
  const auto calls = advance_message(number);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_FALSE(calls[0].rule.synchronous);
  EXPECT_EQ(recipients(number), Texts{"x@other.test SENT by f"});
  answer(number, calls[0], "", "refused");
  EXPECT_TRUE(advance_message(number).empty());
  EXPECT_EQ(store_->messages.invocations(number)[0].failure, "refused");
}

TEST_F(MailFlow, GoesOnWithoutARuleThatWasRemovedMeanwhile) {
  function("f", FlowDirection::Inbound, 10);
  const auto number = send("x@other.test", {at("alice")});
  const auto calls = advance_message(number);
  answer(number, calls.at(0), "", "refused");
  run([](api::Context& context, const auto& organization) {
    context.store.email_flow_rules.remove(organization.number, "f");
  });
  EXPECT_TRUE(advance_message(number).empty());
  EXPECT_EQ(recipients(number), Texts{at("alice") + " DELIVERED"});
}

TEST_F(MailFlow, ForgetsMessagesAfter24Hours) {
  const auto number = send("x@other.test", {at("alice")});
  advance_message(number);
  const auto id = message(number).id;
  advance(api::kMessageLifetime - Duration(1));
  EXPECT_EQ(get(id).first, 200);
  advance(Duration(1));
  const auto gone = call("GetRawMessageContent", "'messageId':'" + id + "'");
  EXPECT_EQ(gone.status(), 404);
  EXPECT_EQ(gone.error(), "ResourceNotFoundException");
}

TEST_F(MailFlow, KeepsTheNewestMessages) {
  forget_neighbors();  // the messages of the neighbors are the oldest
  const auto others = store_->messages.count();
  const auto first = send("x@other.test", {at("alice")});
  for (std::int64_t i = 1; i < api::kMaxMessages - others; ++i) send("x@other.test", {at("alice")});
  EXPECT_TRUE(store_->messages.find(first));
  EXPECT_EQ(store_->messages.count(), api::kMaxMessages);
  for (std::int64_t i = 0; i <= others; ++i) send("x@other.test", {at("alice")});
  EXPECT_FALSE(store_->messages.find(first));
  EXPECT_EQ(store_->messages.count(), api::kMaxMessages);
  const std::string large(api::kMaxMessageSize - 1000, 'x');
  for (int i = 0; i < 11; ++i) send("x@other.test", {at("alice")}, large);
  EXPECT_LE(store_->messages.bytes(), api::kMaxMessageBytes);
  EXPECT_EQ(store_->messages.count(), 10 + 1);  // the one message of the neighbor in another account is kept
}

TEST_F(MailFlow, KeepsTheMessagesOfOtherAccounts) {
  const auto first = send("x@other.test", {at("alice")});
  as("111122223333");
  organization("busy");
  for (std::int64_t i = 0; i <= api::kMaxMessages; ++i) send("x@other.test", {"someone@busy.awsapps.com"});
  EXPECT_EQ(store_->messages.count(), api::kMaxMessages);
  const std::string large(api::kMaxMessageSize - 1000, 'x');
  for (int i = 0; i < 11; ++i) send("x@other.test", {"someone@busy.awsapps.com"}, large);
  EXPECT_LE(store_->messages.bytes(), api::kMaxMessageBytes);
  EXPECT_TRUE(store_->messages.find(first));
}

TEST_F(MailFlow, CountsWhatInvocationsTake) {
  function("f", FlowDirection::Inbound, 2);
  const auto number = send("x@other.test", {at("alice")});
  const auto calls = advance_message(number);
  const auto before = store_->messages.bytes();
  const std::string response(api::kMaxMessageSize / 100, 'x');
  answer(number, calls.at(0), response);
  const auto taken = static_cast<std::int64_t>(calls.at(0).event.size() + response.size());
  EXPECT_EQ(store_->messages.bytes(), before + taken);
  store_->messages.update(number, "");
  EXPECT_EQ(store_->messages.bytes(), before + taken) << "counted anew";
}

TEST_F(MailFlow, RefusesMessagesThatCannotBeSent) {
  const auto refusal = [&](const api::Submission& submission) -> std::string {
    try {
      run([&](api::Context& context, const auto& organization) {
        return api::submit_message(context, organization, submission);
      });
    } catch (const api::Error& error) {
      return error.message();
    }
    return {};
  };
  EXPECT_EQ(refusal({.content = "x"}), "mailFrom: The message has neither Sender nor From");
  EXPECT_EQ(refusal({.content = "From: a@b.test\r\n\r\n"}), "rcptTo: The message has no recipients");
  EXPECT_EQ(refusal({.content = "From: a@b.test\r\n\r\n", .recipients = {"bob"}}), "rcptTo: bob is not an address");
  EXPECT_EQ(refusal({.content = "x", .mail_from = "<>", .recipients = {at("alice")}}), "");
  EXPECT_EQ(
      run([](api::Context& context, const auto& organization) {
        return context.store.messages.list(organization.number, store::kLastNumber<store::MessageNumber>, 10).size();
      }),
      1U);
}

class MessageContent : public MailFlow {
 protected:
  MessageContent() : number_(send("x@other.test", {at("alice")})), id_(message(number_).id) {}

  // Calls PutRawMessageContent with this content, as if it had been fetched.
  auto put(const std::string& content, const std::string& failure = {}) -> Answer {
    std::string body = "{\"messageId\":\"" + id_ + R"(","content":{"s3Reference":{"bucket":"bucket","key":"key"}}})";
    std::string text;
    const api::FetchedObject object{.bytes = content, .failure = failure};
    const auto outcome =
        service_->call(api::find_operation("PutRawMessageContent"), body, {account_, region_}, text, &object);
    return {outcome, text};
  }
  auto content(store::MessageVersion version) -> std::string { return store_->messages.content(number_, version); }
  auto changed() -> std::string {
    auto text = content(store::MessageVersion::Original);
    return text.replace(text.rfind("x\r\n"), 1, "changed");
  }

  store::MessageNumber number_;
  std::string id_;
};

TEST_F(MessageContent, AsksForAnObjectBeforeItGoesOn) {
  const auto asked =
      call("PutRawMessageContent",
           "'messageId':'" + id_ + "','content':{'s3Reference':{'bucket':'bucket','key':'a/b','objectVersion':'v'}}");
  ASSERT_TRUE(asked.outcome().wanted_object);
  EXPECT_EQ(asked.outcome().wanted_object->bucket, "bucket");
  EXPECT_EQ(asked.outcome().wanted_object->key, "a/b");
  EXPECT_EQ(asked.outcome().wanted_object->version, "v");
  EXPECT_EQ(content(store::MessageVersion::Updated), content(store::MessageVersion::Original));
}

TEST_F(MessageContent, ChangesWhatIsDeliveredWhileAFunctionRuns) {
  function("f", FlowDirection::Inbound);
  const auto calls = advance_message(number_);
  EXPECT_EQ(put(changed()).text(), "{}");
  answer(number_, calls.at(0), R"({"actions":[{"action":{"type":"DEFAULT"},"allRecipients":true}]})");
  advance_message(number_);
  EXPECT_EQ(content(store::MessageVersion::Delivered), changed());
  EXPECT_NE(content(store::MessageVersion::Original), changed());
}

TEST_F(MessageContent, ChangesOnlyWhatTheApiShowsAfterDelivery) {
  advance_message(number_);
  EXPECT_EQ(put(changed()).text(), "{}");
  EXPECT_EQ(content(store::MessageVersion::Updated), changed());
  EXPECT_EQ(content(store::MessageVersion::Delivered), content(store::MessageVersion::Original));
  EXPECT_EQ(get(id_).second, changed());
}

TEST_F(MessageContent, IsRefusedAsDocumented) {
  const auto before = content(store::MessageVersion::Updated);
  EXPECT_EQ(put("", "It is not there").error(), "InvalidContentLocation");
  EXPECT_EQ(put("From: x\n").error(), "MessageRejected");
  EXPECT_EQ(content(store::MessageVersion::Updated), before);
  EXPECT_EQ(call("PutRawMessageContent", "'messageId':'none','content':{'s3Reference':{'bucket':'bucket','key':'k'}}")
                .status(),
            404);
  const auto frozen = run([&](api::Context& context, const auto& organization) {
    return api::submit_message(context, organization,
                               {.content = changed(), .recipients = {at("alice")}, .redirected = true});
  });
  id_ = message(frozen).id;
  EXPECT_EQ(put(changed()).error(), "MessageFrozen");
}

TEST_F(MessageContent, BelongsToAnAccountAndRegion) {
  as("111122223333");
  EXPECT_EQ(get(id_).first, 404);
  as("000000000000", "eu-west-1");
  EXPECT_EQ(get(id_).first, 404);
  as("000000000000");
  EXPECT_EQ(get(id_).first, 200);
}

}  // namespace

}  // namespace workmail::test
