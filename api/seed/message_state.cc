#include "api/seed/message_state.h"

#include <optional>
#include <utility>
#include <vector>

#include "api/rules/rule_conditions.h"
#include "api/wire/base64.h"
#include "api/wire/json_text.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/codec.h"

namespace workmail::api {

namespace {

auto recipients_of(store::Store& store, store::MessageNumber message) -> std::vector<SeedMessageRecipient> {
  std::vector<SeedMessageRecipient> recipients;
  for (auto& recipient : store.messages.recipients(message)) {
    recipients.push_back({.address = std::move(recipient.address),
                          .flow_direction = same_word<SeedFlowDirection>(recipient.direction),
                          .entity_id = std::move(recipient.entity_id),
                          .rule = std::move(recipient.rule),
                          .action = same_word<SeedFlowAction>(recipient.action),
                          .outcome = same_word<SeedMessageOutcome>(recipient.outcome),
                          .bounce_message = std::move(recipient.bounce_message)});
  }
  return recipients;
}

auto invocations_of(store::Store& store, store::MessageNumber message) -> std::vector<SeedMessageInvocation> {
  std::vector<SeedMessageInvocation> invocations;
  for (auto& invocation : store.messages.invocations(message)) {
    invocations.push_back({.rule = std::move(invocation.rule),
                           .function_arn = std::move(invocation.function_arn),
                           .invocation_id = std::move(invocation.invocation_id),
                           .synchronous = invocation.synchronous,
                           .attempt = invocation.attempt,
                           .start_time = invocation.started_at,
                           .milliseconds = invocation.milliseconds,
                           .status = invocation.status,
                           .failure = std::move(invocation.failure),
                           .event = std::move(invocation.event),
                           .response = std::move(invocation.response)});
  }
  return invocations;
}

auto message_of(const Context& context, store::Message message) -> SeedMessage {
  auto& messages = context.store.messages;
  const auto content = [&](store::MessageVersion version) -> std::optional<std::string> {
    const auto own = messages.own_content(message.number, version);
    if (!own) return std::nullopt;
    return to_base64(*own);
  };
  // Functions that are being invoked now will be invoked again by the server that loads the document.
  const auto now_or_then = message.retry_at.value_or(message.received_at);
  const auto retry = message.arrived ? std::nullopt : std::optional(now_or_then);
  return {.message_id = std::move(message.id),
          .flow_direction = same_word<SeedFlowDirection>(message.direction),
          .mail_from = std::move(message.mail_from),
          .spam = message.spam,
          .redirected = message.redirected,
          .received_date = message.received_at,
          .retry_date = retry,
          .recipients = recipients_of(context.store, message.number),
          .invocations = unless_empty(invocations_of(context.store, message.number)),
          .content = content(store::MessageVersion::Original).value_or(""),
          .updated_content = content(store::MessageVersion::Updated),
          .delivered_content = content(store::MessageVersion::Delivered)};
}

}  // namespace

void append_message(const Context& context, const store::Message& message, std::string& text) {
  std::string compact;
  Encoder encoder(compact, false, TimeFormat::Rfc3339);
  encode(encoder, message_of(context, message));
  constexpr int kDepth = 4;
  text.append(static_cast<std::size_t>(kDepth) * 2, ' ');
  indent_json(compact, kDepth, text);
}

}  // namespace workmail::api
