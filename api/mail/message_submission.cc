#include "api/mail/message_submission.h"

#include <algorithm>
#include <set>

#include "api/call/errors.h"
#include "api/mail/header_addresses.h"
#include "api/mail/header_text.h"
#include "api/mail/mail_address.h"
#include "api/mail/message_delivery.h"
#include "api/mail/message_limits.h"
#include "store/folding.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

// The limit of the column in the schema.
constexpr std::size_t kMaxSubject = 1000;

auto first_address(const Headers& headers, std::string_view name) -> std::string {
  const auto field = headers.first(name);
  if (!field) return {};
  const auto addresses = addresses_in(*field);
  return addresses.empty() || addresses.front().size() > kMaxAddressLength ? std::string() : addresses.front();
}

auto recipients_of(const Headers& headers) -> std::vector<std::string> {
  std::vector<std::string> recipients;
  for (const auto* name : {"To", "Cc", "Bcc"}) {
    for (const auto field : headers.all(name)) {
      for (auto& address : addresses_in(field)) recipients.push_back(std::move(address));
    }
  }
  return recipients;
}

void check_address(std::string_view parameter, std::string_view address) {
  if (!is_mail_address(address))
    throw errors::invalid_parameter(std::string(parameter) + ": " + std::string(address) + " is not an address");
}

// Skips recipients that the message already has.
auto checked_recipients(std::vector<std::string> recipients) -> std::vector<std::string> {
  std::set<std::string> known;
  std::erase_if(recipients, [&](const std::string& address) { return !known.insert(store::fold(address)).second; });
  for (const auto& address : recipients) check_address("rcptTo", address);
  if (recipients.empty()) throw errors::invalid_parameter("rcptTo: The message has no recipients");
  if (recipients.size() > kMaxMessageRecipients)
    throw errors::invalid_parameter("rcptTo: A message can have at most " + std::to_string(kMaxMessageRecipients) +
                                    " recipients");
  return recipients;
}

auto sender_of(const Submission& submission, const store::Message& message) -> std::string {
  auto sender = submission.mail_from.value_or(message.sender.empty() ? message.author : message.sender);
  if (sender == "<>") return {};  // the sender of bounces
  if (sender.empty()) throw errors::invalid_parameter("mailFrom: The message has neither Sender nor From");
  check_address("mailFrom", sender);
  return sender;
}

}  // namespace

void check_message_size(std::size_t bytes) {
  if (bytes > kMaxMessageSize)
    throw errors::invalid_parameter("A message can have at most " + std::to_string(kMaxMessageSize) + " bytes");
}

void take_header(const Headers& headers, store::Message& message) {
  message.sender = first_address(headers, "Sender");
  message.author = first_address(headers, "From");
  const auto subject = decoded_header_text(headers.first("Subject").value_or(""));
  message.subject = store::beginning(subject, kMaxSubject);
}

auto submit_message(Context& context, const store::OrganizationHead& organization, const Submission& submission)
    -> store::MessageNumber {
  check_message_size(submission.content.size());
  auto& store = context.store;
  store::Message message{.organization = organization.number,
                         .spam = submission.spam,
                         .redirected = submission.redirected,
                         .waiting = true,  // so that a killed program continues after its next start
                         .received_at = context.now,
                         .forgotten_at = context.now + kMessageLifetime};
  const auto headers = read_headers(submission.content);
  take_header(headers, message);
  message.mail_from = sender_of(submission, message);
  const auto recipients =
      checked_recipients(submission.recipients.empty() ? recipients_of(headers) : submission.recipients);
  message.direction = direction_of(store, organization.number, message.mail_from);
  message.id = context.ids.uuid(context.now);
  make_room_for_message(store, static_cast<std::int64_t>(submission.content.size()), std::nullopt);
  const auto number = store.messages.add(message, submission.content);
  for (const auto& address : recipients)
    store.messages.add_recipient(number, {.direction = message.direction, .address = address});
  return number;
}

// Of an account that has most, so that it takes nothing from another one.
void make_room_for_message(store::Store& store, std::int64_t bytes, std::optional<store::MessageNumber> keep) {
  // A message has its share of the bytes at least, so that one measure is for both limits.
  constexpr auto kShare = kMaxMessageBytes / kMaxMessages;
  auto& messages = store.messages;
  const auto is_room = [&] {
    return messages.bytes() + bytes <= kMaxMessageBytes && (keep || messages.count() < kMaxMessages);
  };
  while (!is_room()) {
    const auto oldest = messages.oldest_of_fullest(keep.value_or(store::MessageNumber{}), kShare);
    if (!oldest) return;
    messages.remove(*oldest);
  }
}

}  // namespace workmail::api
