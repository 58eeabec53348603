// The tables of messages that were sent or received in the last day: contents, recipients with their outcomes, and each
// invocation of a Lambda function.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/email_flow_rules.h"
#include "store/numbers.h"
#include "store/sqlite.h"
#include "store/words.h"

namespace workmail::store {

enum class MessageOutcome { Pending, Delivered, Junk, Dropped, Bounced, Sent, Routed, NotFound, NoMailbox };
template <>
inline constexpr std::array<std::string_view, 9> kWords<MessageOutcome>{
    "PENDING", "DELIVERED", "JUNK", "DROPPED", "BOUNCED", "SENT", "ROUTED", "NOT_FOUND", "NO_MAILBOX"};

// The versions of a message's content: as it arrived, as it is now, as it was delivered.
enum class MessageVersion { Original, Updated, Delivered };

// Everything except the contents.
struct Message {
  MessageNumber number{};
  OrganizationNumber organization{};
  std::string id;
  FlowDirection direction = FlowDirection::Inbound;
  std::string mail_from;  // of the envelope; empty for a bounce
  std::string sender;     // of the header Sender; empty without one
  std::string author;     // of the header From
  std::string subject;
  bool spam = false;
  bool redirected = false;  // a redirected message is frozen
  bool arrived = false;     // every recipient has an outcome
  bool waiting = false;     // its functions must be invoked now
  Time received_at{};
  std::optional<Time> retry_at;  // when failed functions are retried
  Time forgotten_at{};
};

struct MessageRecipient {
  MessageRecipientNumber number{};
  FlowDirection direction = FlowDirection::Inbound;  // of the rules that apply now, or applied last
  std::string address;
  std::optional<std::string> entity_id;
  std::optional<std::string> rule;
  FlowAction action = FlowAction::Default;
  MessageOutcome outcome = MessageOutcome::Pending;
  std::optional<std::string> bounce_message;
};

struct MessageInvocation {
  std::string rule;
  std::string function_arn;
  std::string invocation_id;
  bool synchronous = false;
  int attempt = 1;
  Time started_at{};
  double milliseconds = 0;
  std::optional<int> status;           // of the response; unset if there was none
  std::optional<std::string> failure;  // why the response was not used
  std::string event;
  std::optional<std::string> response;
};

class Messages {
 public:
  Messages(Connection& connection, Due& due);

  auto add(const Message& message, std::string_view content) -> MessageNumber;
  auto find(MessageNumber number) -> std::optional<Message>;
  auto find(OrganizationNumber organization, std::string_view id) -> std::optional<Message>;
  // Searches all organizations of the account and region.
  auto find_anywhere(std::string_view account, std::string_view region, std::string_view id) -> std::optional<Message>;
  // Newest first, starting before the row `before`.
  auto list(OrganizationNumber organization, MessageNumber before, std::int64_t limit) -> std::vector<Message>;
  // The next message of an organization, in the order of creation.
  auto next(OrganizationNumber organization, MessageNumber after) -> std::optional<Message>;
  // The oldest message, except `but`, of the account whose messages have the most bytes; each counts `overhead` more.
  auto oldest_of_fullest(MessageNumber but, std::int64_t overhead) -> std::optional<MessageNumber>;
  auto count() -> std::int64_t;
  // The size of all contents, events and responses of all messages.
  auto bytes() -> std::int64_t;
  void remove(MessageNumber number);
  // Marks the message: its functions must be invoked now.
  void set_waiting(MessageNumber number);
  // Schedules the retry of its functions, or cancels it.
  void set_retry(MessageNumber number, std::optional<Time> at);
  auto waiting() -> std::vector<MessageNumber>;
  // The time of the earliest retry.
  auto next_retry() -> std::optional<Time>;

  // The content of this version, or of the previous version if this one is not stored.
  auto content(MessageNumber number, MessageVersion version) -> std::string;
  // Nothing if this version is equal to the previous one.
  auto own_content(MessageNumber number, MessageVersion version) -> std::optional<std::string>;
  void update(MessageNumber number, std::string_view content);
  // Marks that every recipient has an outcome. The current content is kept as the delivered one, even if it changes
  // later.
  void arrive(MessageNumber number);
  void set_delivered(MessageNumber number, std::string_view content);

  auto add_recipient(MessageNumber message, const MessageRecipient& recipient) -> MessageRecipientNumber;
  void set_recipient(const MessageRecipient& recipient);
  void remove_recipient(MessageRecipientNumber number);
  auto recipients(MessageNumber message) -> std::vector<MessageRecipient>;

  void add_invocation(MessageNumber message, const MessageInvocation& invocation);
  auto invocations(MessageNumber message) -> std::vector<MessageInvocation>;

 private:
  Connection& connection_;
  Due& due_;
  Statement insert_;
  Statement find_;
  Statement find_by_id_;
  Statement find_anywhere_;
  Statement list_;
  Statement next_;
  Statement oldest_of_fullest_;
  Statement count_;
  Statement bytes_;
  Statement remove_;
  Statement set_waiting_;
  Statement set_retry_;
  Statement waiting_;
  Statement next_retry_;
  Statement original_;
  Statement updated_;
  Statement delivered_;
  Statement update_;
  Statement arrive_;
  Statement set_delivered_;
  Statement count_bytes_;
  Statement add_bytes_;
  Statement insert_recipient_;
  Statement set_recipient_;
  Statement remove_recipient_;
  Statement recipients_;
  Statement insert_invocation_;
  Statement invocations_;
};

}  // namespace workmail::store
