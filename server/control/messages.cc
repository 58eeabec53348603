#include <string>
#include <utility>
#include <vector>

#include "api/mail/lambda_arn.h"
#include "api/mail/message_flow.h"
#include "api/mail/message_limits.h"
#include "api/mail/message_submission.h"
#include "api/wire/error.h"
#include "api/wire/json_text.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/organization_path.h"
#include "server/control/plane.h"
#include "store/folding.h"

namespace workmail::server::control {

namespace {

constexpr std::string_view kMime = "message/rfc822";
constexpr std::size_t kMessage = 3;  // segment of the path
constexpr std::int64_t kUsualLimit = 100;

auto as_json(const std::string& text) -> RawJson {
  // The parser takes one in front of the text, and only there.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const auto begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  rapidjson::Document ignored;
  if (api::parse_json(text, ignored)) return {text.substr(begin)};
  RawJson json;
  api::Encoder(json.text).value(text);
  return json;
}

// A seed document may have another text, which is then used.
auto function_name(const std::string& arn) -> std::string {
  const auto function = api::read_lambda_arn(arn);
  return function ? std::string(function->name) : arn;
}

auto invocation_answer(store::MessageInvocation invocation) -> InvocationAnswer {
  InvocationAnswer answer{.rule = std::move(invocation.rule),
                          .function = function_name(invocation.function_arn),
                          .invocation_id = std::move(invocation.invocation_id),
                          .synchronous = invocation.synchronous,
                          .attempt = invocation.attempt,
                          .started_at = invocation.started_at,
                          .milliseconds = invocation.milliseconds,
                          .status = invocation.status,
                          .failure = std::move(invocation.failure),
                          .event = as_json(invocation.event)};
  if (invocation.response) answer.response = as_json(*invocation.response);
  return answer;
}

auto recipient_answer(store::MessageRecipient recipient) -> RecipientAnswer {
  return {.address = std::move(recipient.address),
          .entity_id = std::move(recipient.entity_id),
          .rule = std::move(recipient.rule),
          .action = api::same_word<MessageAction>(recipient.action),
          .outcome = api::same_word<RecipientOutcome>(recipient.outcome),
          .bounce_message = std::move(recipient.bounce_message)};
}

auto message_answer(store::Store& store, store::Message message) -> MessageAnswer {
  MessageAnswer answer{.message_id = std::move(message.id),
                       .flow_direction = api::same_word<MessageDirection>(message.direction),
                       .mail_from = std::move(message.mail_from),
                       .subject = std::move(message.subject),
                       .received_at = message.received_at,
                       .retry_at = message.retry_at};
  for (auto& recipient : store.messages.recipients(message.number))
    answer.recipients.push_back(recipient_answer(std::move(recipient)));
  for (auto& invocation : store.messages.invocations(message.number))
    answer.invocations.push_back(invocation_answer(std::move(invocation)));
  return answer;
}

auto require_message(api::Context& context, const store::OrganizationHead& organization, const std::string& id)
    -> store::Message {
  auto message = context.store.messages.find(organization.number, id);
  if (!message) {
    throw NotFound("Organization " + organization.id + " has no message " + printable(id) +
                   "; messages are kept for 24 hours.");
  }
  return *std::move(message);
}

auto has_recipient(const MessageAnswer& message, const std::string& address) -> bool {
  const auto is_it = [&](const auto& recipient) { return store::fold(recipient.address) == store::fold(address); };
  return std::any_of(message.recipients.begin(), message.recipients.end(), is_it);
}

auto submission_of(const Request& request, const SendMessageParameters& parameters) -> api::Submission {
  if (request.body.empty()) throw BadRequest("The body must be the message, as MIME.");
  if (request.body.size() > api::kMaxMessageSize)
    throw PayloadTooLarge("A message can have at most " + std::to_string(api::kMaxMessageSize) + " bytes.");
  return {.content = request.body,
          .mail_from = parameters.mail_from,
          .recipients = parameters.rcpt_to.value_or(std::vector<std::string>()),
          .spam = parameters.spam.value_or(false),
          .redirected = parameters.redirected.value_or(false)};
}

auto gone() -> NotFound {
  return NotFound(
      "The message is no longer kept: its 24 hours are over, newer ones took its place, or all data was replaced.");
}

void write_message(Plane& plane, store::MessageNumber number, Reply& reply) {
  plane.emulator.service.commit();
  auto& store = plane.emulator.service.store();
  auto message = store.messages.find(number);
  if (!message) throw gone();
  write_answer(reply, message_answer(store, *std::move(message)));
}

}  // namespace

void send_message(Plane& plane, const Request& request, Reply& reply) {
  const auto submission = submission_of(request, read_query<SendMessageParameters>(request.query));
  const bool waits = plane.mail != nullptr && plane.mail->can_invoke();
  store::MessageNumber number{};
  try {
    number =
        run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
          const auto added = api::submit_message(context, organization, submission);
          if (!waits) api::advance_without_functions(context, added, std::string(kNoLambdaEndpoint));
          return added;
        });
  } catch (const api::Error& error) {
    throw BadRequest(error.message() + ".");
  }
  if (!waits) return write_message(plane, number, reply);
  // All data may have been replaced in the meantime; the number may then belong to another message.
  const auto data = plane.emulator.service.baseline().restored();
  reply.completion = [&plane, number, data](Reply& complete) -> Task<void> {
    co_await plane.mail->run(number);
    if (plane.emulator.service.baseline().restored() != data) throw gone();
    write_message(plane, number, complete);
  };
}

void list_messages(Plane& plane, const Request& request, Reply& reply) {
  const auto parameters = read_query<MessagesParameters>(request.query);
  const auto limit = static_cast<std::int64_t>(parameters.limit.value_or(kUsualLimit));
  MessagesAnswer answer;
  run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
    auto last = store::kLastNumber<store::MessageNumber>;
    for (auto& message : context.store.messages.list(organization.number, last, api::kMaxMessages)) {
      if (std::cmp_greater_equal(answer.messages.size(), limit)) return;
      auto described = message_answer(context.store, std::move(message));
      if (!parameters.recipient || has_recipient(described, *parameters.recipient))
        answer.messages.push_back(std::move(described));
    }
  });
  write_answer(reply, answer);
}

void get_message(Plane& plane, const Request& request, Reply& reply) {
  const auto id = named_in_path(request, kMessage);
  const auto answer =
      run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
        return message_answer(context.store, require_message(context, organization, id));
      });
  write_answer(reply, answer);
}

void get_message_content(Plane& plane, const Request& request, Reply& reply) {
  const auto id = named_in_path(request, kMessage);
  const auto parameters = read_query<MessageContentParameters>(request.query);
  const auto wanted = parameters.version.value_or(MessageContentVersion::Delivered);
  run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
    const auto message = require_message(context, organization, id);
    // Until the message has arrived, the current content is what would be delivered.
    const auto version = wanted == MessageContentVersion::Original ? store::MessageVersion::Original
                         : wanted == MessageContentVersion::Delivered && message.arrived
                             ? store::MessageVersion::Delivered
                             : store::MessageVersion::Updated;
    reply.write(context.store.messages.content(message.number, version));
  });
  reply.content_type = kMime;
}

}  // namespace workmail::server::control
