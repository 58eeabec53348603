// The Message Flow API: the content of messages, for the functions of email flow rules.
#include "api/call/context.h"
#include "api/mail/content_checks.h"
#include "api/mail/message_limits.h"
#include "api/mail/message_submission.h"
#include "generated/workmail/errors.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// AWS: a message of another account or region, or older than 24 hours, is not found.
auto require_message(const Context& context, const std::string& id) -> store::Message {
  auto message = context.store.messages.find_anywhere(context.account, context.region, id);
  if (!message) throw ResourceNotFoundException("Message " + id + " not found");
  return *std::move(message);
}

// AWS: an update after delivery changes what the API returns, but not the delivered message (administrator guide,
// "Updating message content with AWS Lambda").
void update(Context& context, const store::Message& message, std::string_view content) {
  auto& messages = context.store.messages;
  const auto reason = reason_to_reject(content, messages.content(message.number, store::MessageVersion::Original));
  if (!reason.empty()) throw MessageRejected(reason);
  make_room_for_message(context.store, static_cast<std::int64_t>(content.size()), message.number);
  messages.update(message.number, content);
}

}  // namespace

auto GetRawMessageContent::handle(Context& context, const Input& input) -> Output {
  const auto message = require_message(context, input.message_id);
  return {.message_content = context.store.messages.content(message.number, store::MessageVersion::Updated)};
}

auto PutRawMessageContent::handle(Context& context, const Input& input) -> Output {
  const auto message = require_message(context, input.message_id);
  // AWS: "This is usually the case for a redirected email" (API reference, MessageFrozen).
  if (message.redirected) throw MessageFrozen("Message " + message.id + " is redirected and cannot be updated");
  const auto& place = input.content.s3_reference;
  if (context.object == nullptr) {
    context.wanted_object =
        ObjectReference{.bucket = place.bucket, .key = place.key, .version = place.object_version.value_or("")};
    return {};
  }
  if (!context.object->failure.empty()) throw InvalidContentLocation(std::string(context.object->failure));
  update(context, message, context.object->bytes);
  return {};
}

}  // namespace workmail::api
