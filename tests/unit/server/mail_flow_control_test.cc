// Email flow rules and messages in the control plane, without functions.
#include "api/mail/message_limits.h"
#include "plane_test.h"

namespace workmail::server {

namespace {

class MailFlowControl : public PlaneTest {
 protected:
  MailFlowControl() : organization_(organization("acme")), other_(organization("other")) {
    user(organization_, "alice");
    user(other_, "alice");
    expect(201, "PUT", rules(other_) + "/r", kDrop);
  }

  static auto rules(const std::string& organization) -> std::string {
    return "organizations/" + organization + "/email-flow-rules";
  }
  [[nodiscard]] auto rules() const -> std::string { return rules(organization_); }
  [[nodiscard]] auto messages() const -> std::string { return "organizations/" + organization_ + "/messages"; }
  auto send(const std::string& query = "?mailFrom=a@b.test&rcptTo=alice@acme.awsapps.com") -> std::string {
    return expect(200, "POST", messages() + query, kMessage);
  }
  // Other organizations must not change.
  void TearDown() override {
    EXPECT_NE(expect(200, "GET", rules(other_)).find("\"Name\":\"r\""), std::string::npos);
    PlaneTest::TearDown();
  }

  static constexpr const char* kDrop = "{'FlowDirection':'INBOUND','Action':'DROP'}";
  static constexpr const char* kMessage = "Subject: s\r\n\r\nbody\r\n";

  const std::string organization_;
  const std::string other_;
};

TEST_F(MailFlowControl, HasRulesByName) {
  EXPECT_EQ(expect(200, "GET", rules()), R"({"EmailFlowRules":[]})");
  const auto rule = expect(201, "PUT", rules() + "/r", kDrop);
  EXPECT_EQ(rule, R"({"Name":"r","FlowDirection":"INBOUND","SenderPatterns":["*"],"DestinationPatterns":["*"],)"
                  R"("Action":"DROP"})");
  EXPECT_EQ(expect(200, "PUT", rules() + "/r", kDrop), rule);
  expect(201, "PUT", rules() + "/with%20a%20space", "{'FlowDirection':'OUTBOUND','Action':'BOUNCE'}");
  EXPECT_EQ(expect(200, "GET", rules() + "/r"), rule);
  EXPECT_EQ(text_of(expect(200, "GET", rules() + "/with%20a%20space"), "Name"), "with a space");
  expect(200, "DELETE", rules() + "/r");
  expect_error(404, "no email flow rule r", "GET", rules() + "/r");
  expect_error(404, "no email flow rule r", "DELETE", rules() + "/r");
  EXPECT_EQ(count_of(expect(200, "GET", rules()), "\"Name\":"), 1);
}

TEST_F(MailFlowControl, RefusesWhatCannotBeARule) {
  expect_error(400, "FlowDirection", "PUT", rules() + "/r", "{'Action':'DROP'}");
  expect_error(400, "name in the path", "PUT", rules() + "/r",
               "{'Name':'q','FlowDirection':'INBOUND','Action':'DROP'}");
  expect_error(400, "FlowDirections", "PUT", rules() + "/r",
               "{'FlowDirections':1,'FlowDirection':'INBOUND','Action':'DROP'}");
  expect_error(400, "Action", "PUT", rules() + "/r", "{'FlowDirection':'INBOUND','Action':'EAT'}");
  expect_error(400, "JSON", "PUT", rules() + "/r", "{");
  expect_error(422, "MOVE_TO_JUNK", "PUT", rules() + "/r", "{'FlowDirection':'OUTBOUND','Action':'MOVE_TO_JUNK'}");
  expect_error(422, "SenderPatterns[0]", "PUT", rules() + "/r",
               "{'FlowDirection':'INBOUND','Action':'DROP','SenderPatterns':['a+b@c.test']}");
  expect_error(422, "account and region", "PUT", rules() + "/r",
               "{'FlowDirection':'INBOUND','Action':'RUN_LAMBDA','Lambda':{'Arn':"
               "'arn:aws:lambda:us-east-1:111122223333:function:f'}}");
  expect_error(422, "must not be . or ..", "PUT", rules() + "/..", kDrop);
  expect_error(404, "no organization m-none", "PUT", rules("m-none") + "/r", kDrop);
  EXPECT_EQ(expect(200, "GET", rules()), R"({"EmailFlowRules":[]})");
}

TEST_F(MailFlowControl, FindsTheRuleThatApplies) {
  expect(201, "PUT", rules() + "/r", "{'FlowDirection':'INBOUND','Action':'DROP','SenderPatterns':['b.test']}");
  const auto ask = [this](const std::string& sender) {
    return expect(200, "POST", rules() + "/test",
                  "{'sender':'" + sender + "','recipient':'alice@acme.awsapps.com','direction':'INBOUND'}");
  };
  EXPECT_EQ(ask("a@b.test"), R"({"rule":"r","action":"DROP"})");
  EXPECT_EQ(ask("a@c.test"), R"({"action":"DEFAULT"})");
  expect_error(400, "direction", "POST", rules() + "/test", "{'sender':'a@b.test','recipient':'c@d.test'}");
}

TEST_F(MailFlowControl, SendsMessagesByTheirEnvelope) {
  const auto sent = send();
  EXPECT_NE(sent.find(R"("address":"alice@acme.awsapps.com")"), std::string::npos);
  EXPECT_NE(sent.find(R"("outcome":"DELIVERED")"), std::string::npos);
  const auto id = text_of(sent, "messageId");
  EXPECT_EQ(expect(200, "GET", messages() + "/" + id), sent);
  EXPECT_EQ(expect(200, "GET", messages()), "{\"messages\":[" + sent + "]}");
  EXPECT_EQ(expect(200, "GET", messages() + "/" + id + "/content"), kMessage);
  EXPECT_EQ(expect(200, "GET", messages() + "/" + id + "/content?version=original"), kMessage);
  expect_error(404, "24 hours", "GET", messages() + "/none");
  expect_error(404, "24 hours", "GET", messages() + "/none/content");
}

TEST_F(MailFlowControl, ListsTheNewestMessagesFirst) {
  const auto first = text_of(send(), "messageId");
  const auto second = text_of(send("?mailFrom=a@b.test&rcptTo=al@acme.awsapps.com"), "messageId");
  const auto all = expect(200, "GET", messages());
  EXPECT_LT(all.find(second), all.find(first));
  EXPECT_EQ(count_of(expect(200, "GET", messages() + "?limit=1"), "messageId\":\"" + second), 1);
  EXPECT_EQ(count_of(expect(200, "GET", messages() + "?limit=1"), "messageId\":\"" + first), 0);
  EXPECT_EQ(count_of(expect(200, "GET", messages() + "?recipient=ALICE@acme.awsapps.com"), "messageId\":\"" + first),
            1);
  EXPECT_EQ(count_of(expect(200, "GET", messages() + "?recipient=ALICE@acme.awsapps.com"), "messageId\":\"" + second),
            0);
}

TEST_F(MailFlowControl, RefusesWhatCannotBeSent) {
  expect_error(400, "MIME", "POST", messages() + "?mailFrom=a@b.test&rcptTo=c@d.test", "");
  expect_error(400, "mailFrom", "POST", messages() + "?rcptTo=c@d.test", kMessage);
  expect_error(400, "rcptTo", "POST", messages() + "?mailFrom=a@b.test", kMessage);
  expect_error(400, "spam", "POST", messages() + "?spam=maybe", kMessage);
  expect_error(400, "from", "POST", messages() + "?from=a@b.test", kMessage);
  expect_error(413, "26214400", "POST", messages() + "?mailFrom=a@b.test&rcptTo=c@d.test",
               std::string(api::kMaxMessageSize + 1, 'x'));
  EXPECT_EQ(expect(200, "GET", messages()), R"({"messages":[]})");
}

TEST_F(MailFlowControl, FallsBackWithoutAnEndpoint) {
  expect(201, "PUT", rules() + "/f",
         "{'FlowDirection':'INBOUND','Action':'RUN_LAMBDA','Lambda':{'Arn':"
         "'arn:aws:lambda:us-east-1:000000000000:function:f','Synchronous':true,'FallbackAction':'MOVE_TO_JUNK',"
         "'RuleTimeoutMinutes':10}}");
  const auto sent = send();
  EXPECT_NE(sent.find(R"("outcome":"JUNK")"), std::string::npos) << sent;
  EXPECT_NE(sent.find(R"("function":"f")"), std::string::npos) << sent;
  EXPECT_NE(sent.find("--lambda-endpoint"), std::string::npos) << sent;
  EXPECT_EQ(sent.find("retryAt"), std::string::npos) << sent;
}

TEST_F(MailFlowControl, BringsMessagesThroughTheState) {
  send();
  expect(201, "PUT", rules() + "/r", kDrop);
  send("?mailFrom=a@b.test&rcptTo=alice@acme.awsapps.com&spam=true&redirected=true");
  const auto state = expect(200, "GET", "state");
  expect(200, "POST", "reset", "{'to':'empty'}");
  std::string document = state;
  std::replace(document.begin(), document.end(), '"', '\'');
  expect(200, "POST", "seed", document);
  EXPECT_EQ(expect(200, "GET", "state"), state);
}

}  // namespace

}  // namespace workmail::server
