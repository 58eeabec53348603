#include "store/messages.h"

#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO message (organization, id, direction, mail_from, sender, author, subject, spam, redirected, arrived, "
    "waiting,"
    " received_at, retry_at, forgotten_at, bytes, original) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr auto kColumns =
    sql("number, organization, id, direction, mail_from, sender, author, subject, spam, redirected, arrived, waiting,"
        " received_at, retry_at, forgotten_at");

constexpr auto kFind = sql("SELECT ", kColumns, " FROM message WHERE number = ?");

constexpr auto kFindById = sql("SELECT ", kColumns, " FROM message WHERE organization = ? AND id = ?");

constexpr auto kFindAnywhere =
    sql("SELECT ", kColumns,
        " FROM message WHERE id = ? AND organization IN"
        " (SELECT number FROM organization WHERE account = ? AND region = ?) ORDER BY number LIMIT 1");

constexpr auto kList = sql("SELECT ", kColumns,
                           " FROM message INDEXED BY message_list"
                           " WHERE organization = ? AND number < ? ORDER BY number DESC LIMIT ?");

constexpr auto kNext = sql("SELECT ", kColumns,
                           " FROM message INDEXED BY message_list"
                           " WHERE organization = ? AND number > ? ORDER BY number LIMIT 1");

// Within what the column takes, which only a seed with very many invocations is beyond.
constexpr const char* kCountBytes =
    "UPDATE message SET bytes = min(104857600, length(original) + coalesce(length(updated), 0)"
    " + coalesce(length(delivered), 0) + (SELECT coalesce(sum(length(CAST(event AS BLOB))"
    " + coalesce(length(CAST(response AS BLOB)), 0)), 0) FROM message_invocation WHERE message = ?1))"
    " WHERE number = ?1";

constexpr const char* kAddBytes = "UPDATE message SET bytes = min(104857600, bytes + ?2) WHERE number = ?1";

constexpr const char* kOldestOfFullest =
    "SELECT number FROM message WHERE number <> ?1 AND organization IN (SELECT number FROM organization WHERE account ="
    " (SELECT account FROM message AS each JOIN organization ON organization.number = each.organization"
    "  WHERE each.number <> ?1 GROUP BY account ORDER BY sum(each.bytes + ?2) DESC, min(each.number) LIMIT 1))"
    " ORDER BY number LIMIT 1";

constexpr const char* kInsertRecipient =
    "INSERT INTO message_recipient (message, direction, address, entity_id, rule, action, outcome, bounce_message)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

constexpr const char* kSetRecipient =
    "UPDATE message_recipient SET direction = ?, entity_id = ?, rule = ?, action = ?, outcome = ?, bounce_message = ?"
    " WHERE number = ?";

constexpr const char* kRecipients =
    "SELECT number, direction, address, entity_id, rule, action, outcome, bounce_message FROM message_recipient"
    " WHERE message = ? ORDER BY number";

constexpr const char* kInsertInvocation =
    "INSERT INTO message_invocation (message, rule, function_arn, invocation_id, synchronous, attempt, started_at,"
    " milliseconds, status, failure, event, response) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr const char* kInvocations =
    "SELECT rule, function_arn, invocation_id, synchronous, attempt, started_at, milliseconds, status, failure, event,"
    " response FROM message_invocation WHERE message = ? ORDER BY number";

auto read(Rows& row) -> Message {
  return {.number = row.next<MessageNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .id = row.next<std::string>(),
          .direction = row.next<FlowDirection>(),
          .mail_from = row.next<std::string>(),
          .sender = row.next<std::string>(),
          .author = row.next<std::string>(),
          .subject = row.next<std::string>(),
          .spam = row.next<bool>(),
          .redirected = row.next<bool>(),
          .arrived = row.next<bool>(),
          .waiting = row.next<bool>(),
          .received_at = row.next<Time>(),
          .retry_at = row.next<std::optional<Time>>(),
          .forgotten_at = row.next<Time>()};
}

auto read_recipient(Rows& row) -> MessageRecipient {
  return {.number = row.next<MessageRecipientNumber>(),
          .direction = row.next<FlowDirection>(),
          .address = row.next<std::string>(),
          .entity_id = row.next<std::optional<std::string>>(),
          .rule = row.next<std::optional<std::string>>(),
          .action = row.next<FlowAction>(),
          .outcome = row.next<MessageOutcome>(),
          .bounce_message = row.next<std::optional<std::string>>()};
}

auto read_invocation(Rows& row) -> MessageInvocation {
  return {.rule = row.next<std::string>(),
          .function_arn = row.next<std::string>(),
          .invocation_id = row.next<std::string>(),
          .synchronous = row.next<bool>(),
          .attempt = row.next<int>(),
          .started_at = row.next<Time>(),
          .milliseconds = row.next<double>(),
          .status = row.next<std::optional<int>>(),
          .failure = row.next<std::optional<std::string>>(),
          .event = row.next<std::string>(),
          .response = row.next<std::optional<std::string>>()};
}

auto read_number(Rows& row) -> std::int64_t {
  return row.next<std::int64_t>();
}

auto read_bytes(Rows& row) -> std::optional<std::string> {
  auto bytes = row.next<std::optional<Bytes>>();
  if (!bytes) return std::nullopt;
  return std::move(bytes->text);
}

}  // namespace

Messages::Messages(Connection& connection, Due& due)
    : connection_(connection),
      due_(due),
      insert_(connection, kInsert),
      find_(connection, kFind),
      find_by_id_(connection, kFindById),
      find_anywhere_(connection, kFindAnywhere),
      list_(connection, kList),
      next_(connection, kNext),
      oldest_of_fullest_(connection, kOldestOfFullest),
      count_(connection, "SELECT count(*) FROM message"),
      bytes_(connection, "SELECT coalesce(sum(bytes), 0) FROM message"),
      remove_(connection, "DELETE FROM message WHERE number = ?"),
      set_waiting_(connection, "UPDATE message SET waiting = 1, retry_at = NULL WHERE number = ?"),
      set_retry_(connection, "UPDATE message SET waiting = 0, retry_at = ? WHERE number = ?"),
      waiting_(connection, "SELECT number FROM message WHERE waiting = 1 ORDER BY number"),
      next_retry_(connection, "SELECT min(retry_at) FROM message WHERE retry_at IS NOT NULL"),
      original_(connection, "SELECT original FROM message WHERE number = ?"),
      updated_(connection, "SELECT updated FROM message WHERE number = ?"),
      delivered_(connection, "SELECT delivered FROM message WHERE number = ?"),
      update_(connection, "UPDATE message SET updated = ? WHERE number = ?"),
      arrive_(connection,
              "UPDATE message SET delivered = updated, arrived = 1, waiting = 0, retry_at = NULL WHERE number = ?"),
      set_delivered_(connection, "UPDATE message SET delivered = ? WHERE number = ?"),
      count_bytes_(connection, kCountBytes),
      add_bytes_(connection, kAddBytes),
      insert_recipient_(connection, kInsertRecipient),
      set_recipient_(connection, kSetRecipient),
      remove_recipient_(connection, "DELETE FROM message_recipient WHERE number = ?"),
      recipients_(connection, kRecipients),
      insert_invocation_(connection, kInsertInvocation),
      invocations_(connection, kInvocations) {}

auto Messages::add(const Message& message, std::string_view content) -> MessageNumber {
  insert_.run(message.organization, message.id, message.direction, message.mail_from, message.sender, message.author,
              message.subject, message.spam, message.redirected, message.arrived, message.waiting, message.received_at,
              message.retry_at, message.forgotten_at, static_cast<std::int64_t>(content.size()), Blob{content});
  due_.note(message.forgotten_at);
  if (message.retry_at) due_.note(*message.retry_at);
  return connection_.last_insert_number<MessageNumber>();
}

auto Messages::find(MessageNumber number) -> std::optional<Message> {
  return find_.first(read, number);
}

auto Messages::find(OrganizationNumber organization, std::string_view id) -> std::optional<Message> {
  return find_by_id_.first(read, organization, id);
}

auto Messages::find_anywhere(std::string_view account, std::string_view region, std::string_view id)
    -> std::optional<Message> {
  return find_anywhere_.first(read, id, account, region);
}

auto Messages::list(OrganizationNumber organization, MessageNumber before, std::int64_t limit) -> std::vector<Message> {
  return list_.all(read, organization, before, limit);
}

auto Messages::next(OrganizationNumber organization, MessageNumber after) -> std::optional<Message> {
  return next_.first(read, organization, after);
}

auto Messages::oldest_of_fullest(MessageNumber but, std::int64_t overhead) -> std::optional<MessageNumber> {
  return oldest_of_fullest_.first([](Rows& row) { return row.next<MessageNumber>(); }, but, overhead);
}

auto Messages::count() -> std::int64_t {
  return count_.first(read_number).value_or(0);
}

auto Messages::bytes() -> std::int64_t {
  return bytes_.first(read_number).value_or(0);
}

void Messages::remove(MessageNumber number) {
  remove_.run(number);
}

void Messages::set_waiting(MessageNumber number) {
  set_waiting_.run(number);
}

void Messages::set_retry(MessageNumber number, std::optional<Time> at) {
  set_retry_.run(at, number);
  if (at) due_.note(*at);
}

auto Messages::waiting() -> std::vector<MessageNumber> {
  return waiting_.all([](Rows& row) { return row.next<MessageNumber>(); });
}

auto Messages::next_retry() -> std::optional<Time> {
  return next_retry_.first([](Rows& row) { return row.next<std::optional<Time>>(); }).value_or(std::nullopt);
}

auto Messages::own_content(MessageNumber number, MessageVersion version) -> std::optional<std::string> {
  auto& statement = version == MessageVersion::Original  ? original_
                    : version == MessageVersion::Updated ? updated_
                                                         : delivered_;
  return statement.first(read_bytes, number).value_or(std::nullopt);
}

auto Messages::content(MessageNumber number, MessageVersion version) -> std::string {
  if (version != MessageVersion::Original) {
    if (auto content = own_content(number, version)) return *std::move(content);
  }
  return own_content(number, MessageVersion::Original).value_or("");
}

void Messages::update(MessageNumber number, std::string_view content) {
  update_.run(Blob{content}, number);
  count_bytes_.run(number);
}

void Messages::arrive(MessageNumber number) {
  arrive_.run(number);
  count_bytes_.run(number);
}

void Messages::set_delivered(MessageNumber number, std::string_view content) {
  set_delivered_.run(Blob{content}, number);
  count_bytes_.run(number);
}

auto Messages::add_recipient(MessageNumber message, const MessageRecipient& recipient) -> MessageRecipientNumber {
  insert_recipient_.run(message, recipient.direction, recipient.address, recipient.entity_id, recipient.rule,
                        recipient.action, recipient.outcome, recipient.bounce_message);
  return connection_.last_insert_number<MessageRecipientNumber>();
}

void Messages::set_recipient(const MessageRecipient& recipient) {
  set_recipient_.run(recipient.direction, recipient.entity_id, recipient.rule, recipient.action, recipient.outcome,
                     recipient.bounce_message, recipient.number);
}

void Messages::remove_recipient(MessageRecipientNumber number) {
  remove_recipient_.run(number);
}

auto Messages::recipients(MessageNumber message) -> std::vector<MessageRecipient> {
  return recipients_.all(read_recipient, message);
}

void Messages::add_invocation(MessageNumber message, const MessageInvocation& invocation) {
  insert_invocation_.run(message, invocation.rule, invocation.function_arn, invocation.invocation_id,
                         invocation.synchronous, invocation.attempt, invocation.started_at, invocation.milliseconds,
                         invocation.status, invocation.failure, invocation.event, invocation.response);
  const auto bytes = invocation.event.size() + (invocation.response ? invocation.response->size() : 0);
  add_bytes_.run(message, static_cast<std::int64_t>(bytes));
}

auto Messages::invocations(MessageNumber message) -> std::vector<MessageInvocation> {
  return invocations_.all(read_invocation, message);
}

}  // namespace workmail::store
