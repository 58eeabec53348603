#include "api/mail/function_event.h"

#include <gtest/gtest.h>

#include "api/wire/json_text.h"
#include "store/utf8.h"

namespace workmail::test {
namespace {

using api::event_json;
using api::FunctionEvent;
using store::FlowDirection;

auto event() -> FunctionEvent {
  return {.mail_from = "from@example.com",
          .recipients = {"one@acme.test", "two@acme.test"},
          .subject = "Hello",
          .message_id = "00000000-0000-0000-0000-000000000001",
          .invocation_id = "00000000000000000000000000000002",
          .direction = FlowDirection::Inbound};
}

auto read(const FunctionEvent& event) -> rapidjson::Document {
  rapidjson::Document document;
  EXPECT_TRUE(api::parse_json(event_json(event), document));
  return document;
}

auto subject_of(std::string subject) -> std::string {
  auto with_subject = event();
  with_subject.subject = std::move(subject);
  const auto document = read(with_subject);
  return std::string(api::text_member(document, "subject"));
}

TEST(FunctionEvents, HaveTheMembersOfAws) {
  EXPECT_EQ(event_json(event()), R"({"summaryVersion":"2018-10-10",)"
                                 R"("envelope":{"mailFrom":{"address":"from@example.com"},)"
                                 R"("recipients":[{"address":"one@acme.test"},{"address":"two@acme.test"}]},)"
                                 R"("subject":"Hello",)"
                                 R"("messageId":"00000000-0000-0000-0000-000000000001",)"
                                 R"("invocationId":"00000000000000000000000000000002",)"
                                 R"("flowDirection":"INBOUND","truncated":false})");
}

TEST(FunctionEvents, HaveASenderOnlyOnBehalfOfAnother) {
  auto on_behalf = event();
  on_behalf.sender = "assistant@acme.test";
  on_behalf.direction = FlowDirection::Outbound;
  const auto document = read(on_behalf);
  EXPECT_EQ(api::text_member(document["sender"], "address"), "assistant@acme.test");
  EXPECT_EQ(api::text_member(document, "flowDirection"), "OUTBOUND");
  EXPECT_FALSE(read(event()).HasMember("sender"));
}

TEST(FunctionEvents, HaveTextsForWhatIsEmpty) {
  EXPECT_EQ(event_json({}),
            R"({"summaryVersion":"2018-10-10","envelope":{"mailFrom":{"address":""},"recipients":[]},"subject":"",)"
            R"("messageId":"","invocationId":"","flowDirection":"INBOUND","truncated":false})");
}

TEST(FunctionEvents, CutTheSubjectAt256Characters) {
  EXPECT_EQ(subject_of(std::string(256, 's')), std::string(256, 's'));
  EXPECT_EQ(subject_of(std::string(257, 's')), std::string(256, 's'));
  std::string four_bytes;
  for (int i = 0; i < 300; ++i) four_bytes += "\xF0\x9F\x93\xA7";
  EXPECT_EQ(subject_of(four_bytes), four_bytes.substr(0, std::size_t{256} * 4));
}

TEST(FunctionEvents, ReplaceWhatIsNoText) {
  EXPECT_EQ(subject_of("a\xFF\x01\"b"), "a\xEF\xBF\xBD\x01\"b");
  EXPECT_EQ(store::code_points(subject_of(std::string(1000, '\xFF'))), 256U);
  EXPECT_EQ(store::code_points(subject_of(std::string(1000, '\xE2'))), 256U);
}

// An address adds the 14 characters of {"address":"…"} and a comma.
TEST(FunctionEvents, CutRecipientsAt128KilobytesOnly) {
  auto full = event();
  full.recipients.clear();
  const auto rest = api::kMaxEventSize - event_json(full).size();
  full.recipients = {std::string(rest - 14 - 1 - 15, 'a'), "b"};
  EXPECT_EQ(event_json(full).size(), api::kMaxEventSize);
  EXPECT_FALSE(read(full)["truncated"].GetBool());
  full.recipients[1] = "bb";
  EXPECT_TRUE(read(full)["truncated"].GetBool());
  EXPECT_EQ(read(full)["envelope"]["recipients"].Size(), 1U);
}

TEST(FunctionEvents, KeepTheFirstRecipientsThatFit) {
  auto large = event();
  for (int i = 0; i < 100000; ++i) large.recipients.push_back("someone" + std::to_string(i) + "@acme.test");
  const auto text = event_json(large);
  EXPECT_LE(text.size(), api::kMaxEventSize);
  EXPECT_GT(text.size(), api::kMaxEventSize - 100);
  const auto document = read(large);
  const auto& recipients = document["envelope"]["recipients"];
  EXPECT_TRUE(document["truncated"].GetBool());
  for (rapidjson::SizeType i = 0; i < recipients.Size(); ++i) {
    ASSERT_EQ(api::text_member(recipients[i], "address"), large.recipients[i]);
  }
}

TEST(FunctionEvents, StayWithinTheirSizeWithEscapedRecipients) {
  auto large = event();
  large.subject = std::string(1000, '\x01');
  large.recipients.assign(5000, std::string(100, '\x01') + "@acme.test");
  EXPECT_LE(event_json(large).size(), api::kMaxEventSize);
  EXPECT_GT(event_json(large).size(), api::kMaxEventSize - 1000);
}

}  // namespace
}  // namespace workmail::test
