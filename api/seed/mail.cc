#include <algorithm>

#include "api/call/errors.h"
#include "api/mail/email_flow_rules.h"
#include "api/mail/message_delivery.h"
#include "api/mail/message_limits.h"
#include "api/mail/message_submission.h"
#include "api/seed/apply.h"
#include "api/wire/base64.h"
#include "api/wire/json_text.h"
#include "api/wire/stored_word.h"
#include "api/wire/time_text.h"

namespace workmail::api {

namespace {

// The limit of the column in the schema.
constexpr int kMaxMilliseconds = 1'000'000;

auto bytes_of(const std::string& text, const Path& path) -> std::string {
  return refusing(path, [&] {
    auto bytes = from_base64(text);
    if (!bytes) throw errors::invalid_parameter("The content of a message must be base64");
    check_message_size(bytes->size());
    return *std::move(bytes);
  });
}

void add_rule(Context& context, const store::OrganizationHead& organization, const SeedEmailFlowRule& seeded,
              const Path& path) {
  refusing(path, [&] {
    const auto rule = to_store(seeded);
    if (context.store.email_flow_rules.find(organization.number, rule.name))
      throw errors::invalid_parameter("There are two email flow rules " + rule.name);
    put_email_flow_rule(context, organization, rule);
  });
}

void add_recipient(Context& context, const store::Message& message, const SeedMessageRecipient& seeded) {
  store::MessageRecipient recipient{
      .direction = message.direction,
      .address = seeded.address,
      .entity_id = seeded.entity_id,
      .rule = seeded.rule,
      .action = same_word<store::FlowAction>(seeded.action.value_or(SeedFlowAction::Default)),
      .outcome = same_word<store::MessageOutcome>(seeded.outcome),
      .bounce_message = seeded.bounce_message};
  if (seeded.flow_direction) recipient.direction = same_word<store::FlowDirection>(*seeded.flow_direction);
  context.store.messages.add_recipient(message.number, recipient);
}

void check_event(const std::string& event, const Path& path) {
  refusing(path, [&] {
    rapidjson::Document document;
    if (!parse_json(event, document)) throw errors::invalid_parameter("The event of an invocation must be JSON");
  });
}

void add_invocation(Context& context, const store::Message& message, const SeedMessageInvocation& seeded,
                    const Path& path) {
  check_event(seeded.event, path / "Event");
  refusing(path / "Milliseconds", [&] {
    if (seeded.milliseconds.value_or(0) > kMaxMilliseconds)
      throw errors::invalid_parameter("An invocation takes at most " + std::to_string(kMaxMilliseconds) +
                                      " milliseconds");
  });
  std::optional<int> status;
  if (seeded.status) status = *seeded.status;
  context.store.messages.add_invocation(message.number, {.rule = seeded.rule,
                                                         .function_arn = seeded.function_arn,
                                                         .invocation_id = seeded.invocation_id,
                                                         .synchronous = seeded.synchronous.value_or(false),
                                                         .attempt = seeded.attempt.value_or(1),
                                                         .started_at = seeded.start_time.value_or(message.received_at),
                                                         .milliseconds = seeded.milliseconds.value_or(0),
                                                         .status = status,
                                                         .failure = seeded.failure,
                                                         .event = seeded.event,
                                                         .response = seeded.response});
}

auto message_of(Context& context, const store::OrganizationHead& organization, const SeedMessage& seeded,
                std::string_view content) -> store::Message {
  const Time received = seeded.received_date.value_or(context.now);
  store::Message message{.organization = organization.number,
                         .id = given_or_uuid(context, seeded.message_id),
                         .spam = seeded.spam.value_or(false),
                         .redirected = seeded.redirected.value_or(false),
                         .received_at = received,
                         .retry_at = seeded.retry_date,
                         .forgotten_at = later(received, kMessageLifetime)};
  take_header(read_headers(content), message);
  message.mail_from = seeded.mail_from.value_or(message.sender.empty() ? message.author : message.sender);
  message.direction = seeded.flow_direction ? same_word<store::FlowDirection>(*seeded.flow_direction)
                                            : direction_of(context.store, organization.number, message.mail_from);
  message.arrived = !message.retry_at;
  return message;
}

// A message that has not arrived needs the date of a retry; one that has arrived must not have it.
void check_outcomes(const SeedMessage& seeded, const Path& path) {
  const auto is_pending = [](const auto& recipient) { return recipient.outcome == SeedMessageOutcome::Pending; };
  const bool pending = std::any_of(seeded.recipients.begin(), seeded.recipients.end(), is_pending);
  refusing(path / "RetryDate", [&] {
    if (pending && !seeded.retry_date)
      throw errors::invalid_parameter("A message with a PENDING recipient must have a RetryDate");
    if (!pending && seeded.retry_date)
      throw errors::invalid_parameter("Only a message with a PENDING recipient can have a RetryDate");
  });
}

void add_message(Context& context, const store::OrganizationHead& organization, const SeedMessage& seeded,
                 const Path& path) {
  auto& messages = context.store.messages;
  check_outcomes(seeded, path);
  const auto content = bytes_of(seeded.content, path / "Content");
  auto message = message_of(context, organization, seeded, content);
  refusing(path / "MessageId", [&] {
    if (messages.find(organization.number, message.id))
      throw errors::invalid_parameter("The id " + message.id + " is used twice");
  });
  make_room_for_message(context.store, static_cast<std::int64_t>(content.size()), std::nullopt);
  message.number = messages.add(message, content);
  if (seeded.updated_content)
    messages.update(message.number, bytes_of(*seeded.updated_content, path / "UpdatedContent"));
  if (seeded.delivered_content)
    messages.set_delivered(message.number, bytes_of(*seeded.delivered_content, path / "DeliveredContent"));
  for (const auto& recipient : seeded.recipients) add_recipient(context, message, recipient);
  for_each(seeded.invocations, path / "Invocations",
           [&](const auto& invocation, const Path& place) { add_invocation(context, message, invocation, place); });
}

}  // namespace

void apply_mail(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                const Path& path) {
  for_each(document.email_flow_rules, path / "EmailFlowRules",
           [&](const auto& rule, const Path& place) { add_rule(context, organization, rule, place); });
  for_each(document.messages, path / "Messages",
           [&](const auto& message, const Path& place) { add_message(context, organization, message, place); });
}

}  // namespace workmail::api
