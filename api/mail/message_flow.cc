#include "api/mail/message_flow.h"

#include <algorithm>
#include <map>
#include <utility>

#include "api/mail/flow_matching.h"
#include "api/mail/function_answer.h"
#include "api/mail/function_event.h"
#include "api/mail/message_delivery.h"
#include "api/mail/message_submission.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

using store::FlowAction;
using store::FlowDirection;
using store::MessageOutcome;
using store::MessageRecipient;

constexpr std::size_t kMaxFailure = 1000;
// The most attempts that the store accepts; only a message of a seed document can have so many.
constexpr int kMaxAttempt = 1000;
// Emulator: limits a text that may be long and is stored for each recipient.
constexpr std::size_t kMaxBounceMessage = 4096;
constexpr std::string_view kBounced = "The message was bounced by the email flow rule ";

// Emulator: AWS documents retries with backoff, but not the intervals.
constexpr auto kFirstPause = std::chrono::minutes(1);
constexpr auto kLongestPause = std::chrono::minutes(30);

auto pause_after(int attempt) -> Duration {
  Duration pause = kFirstPause;
  for (int i = 1; i < attempt && pause < kLongestPause; ++i) pause *= 2;
  return std::min<Duration>(pause, kLongestPause);
}

class MessageFlow {
 public:
  MessageFlow(Context& context, const store::Message& message)
      : context_(context),
        messages_(context.store.messages),
        message_(message),
        rules_(context.store.email_flow_rules.list(message.organization)) {}

  auto advance() -> std::vector<FunctionCall> {
    match_rules();
    const auto waiting = pending(true);
    if (waiting.empty()) {
      arrive();
    } else if (!message_.retry_at && !message_.waiting) {
      messages_.set_waiting(message_.number);
      message_.waiting = true;
    }
    if (message_.waiting) {
      for (const auto& [rule, recipients] : waiting) call(rule, recipients);
    }
    return std::move(calls_);
  }

  void finish(const FunctionCall& call, const FunctionResult& result) {
    auto failure = result.failure;
    if (call.rule.synchronous) failure = apply(call, result);
    messages_.add_invocation(
        message_.number,
        {.rule = call.rule.name,
         .function_arn = call.rule.lambda_arn,
         .invocation_id = call.invocation_id,
         .synchronous = call.rule.synchronous,
         .attempt = call.attempt,
         .started_at = result.started_at,
         .milliseconds = result.milliseconds,
         .status = result.status,
         .failure = failure.empty() ? std::nullopt : std::optional(std::string(store::beginning(failure, kMaxFailure))),
         .event = call.event,
         .response = result.status ? std::optional(result.response) : std::nullopt});
  }

 private:
  using ByRule = std::map<std::string, std::vector<MessageRecipient>>;

  // Repeats until each recipient has an outcome or waits for a function. A recipient inside the organization is matched
  // twice: with outbound rules, then with inbound rules.
  void match_rules() {
    for (;;) {
      const auto unmatched = pending(false);
      if (unmatched.empty()) return;
      ByRule asynchronous;
      for (const auto& [ignored, recipients] : unmatched) {
        for (const auto& recipient : recipients) match(recipient, asynchronous);
      }
      for (const auto& [rule, recipients] : asynchronous) call(rule, recipients);
    }
  }

  void match(MessageRecipient recipient, ByRule& asynchronous) {
    // AWS: for an inbound message, rules match only the organization's recipients.
    if (recipient.direction == FlowDirection::Inbound && !finds_recipient(context_.store, message_, recipient))
      return settle(recipient, MessageOutcome::NotFound);
    const auto* rule = find_rule(rules_, recipient.direction,
                                 {.sender_header = message_.sender, .from = message_.author}, recipient.address);
    recipient.rule = rule == nullptr ? std::nullopt : std::optional(rule->name);
    if (rule == nullptr || rule->action != FlowAction::RunLambda)
      return act(recipient, rule == nullptr ? FlowAction::Default : rule->action);
    if (rule->synchronous) {
      recipient.action = FlowAction::RunLambda;
      return messages_.set_recipient(recipient);
    }
    // AWS: the message does not wait for the function.
    asynchronous[rule->name].push_back(recipient);
    act(recipient, FlowAction::Default);
  }

  // Applies the action of a rule or a function to a recipient.
  void act(MessageRecipient recipient, FlowAction action) {
    recipient.action = action;
    switch (action) {
      case FlowAction::Drop:
        return settle(recipient, MessageOutcome::Dropped);
      case FlowAction::Bounce:
        if (!recipient.bounce_message)
          recipient.bounce_message = std::string(kBounced) + recipient.rule.value_or("") + ".";
        return settle(recipient, MessageOutcome::Bounced);
      case FlowAction::RouteToSmtpGateway:
        return settle(recipient, MessageOutcome::Routed);
      default:
        return recipient.direction == FlowDirection::Inbound ? deliver_inside(recipient) : send(recipient);
    }
  }

  // AWS does not document whether mail inside an organization meets rules of both directions; assumed: it leaves and
  // comes in (Q-flow-internal).
  void send(MessageRecipient recipient) {
    if (!is_of_organization(recipient.address)) return settle(recipient, MessageOutcome::Sent);
    messages_.set_recipient(
        {.number = recipient.number, .direction = FlowDirection::Inbound, .address = recipient.address});
  }

  void deliver_inside(const MessageRecipient& recipient) {
    const bool junk = recipient.action == FlowAction::MoveToJunk ||
                      (message_.spam && recipient.action != FlowAction::BypassSpamCheck);
    deliver(context_.store, message_, recipient, junk ? MessageOutcome::Junk : MessageOutcome::Delivered);
  }

  void settle(MessageRecipient recipient, MessageOutcome outcome) {
    recipient.outcome = outcome;
    messages_.set_recipient(recipient);
  }

  // When no function is pending any more, the current content is the delivered content.
  void arrive() {
    if (!message_.arrived) messages_.arrive(message_.number);
    message_.waiting = false;
  }

  void call(const std::string& rule_name, const std::vector<MessageRecipient>& recipients) {
    FunctionCall call{.rule = *rule_of(rule_name)};
    for (const auto& recipient : recipients) call.recipients.push_back(recipient.address);
    const auto last = last_attempt(rule_name);
    call.invocation_id = last ? last->invocation_id : new_invocation_id();
    call.attempt = last ? std::min(last->attempt + 1, kMaxAttempt) : 1;
    call.event = event_json({.mail_from = envelope_sender(),
                             .sender = message_.sender == message_.author ? "" : message_.sender,
                             .recipients = call.recipients,
                             .subject = message_.subject,
                             .message_id = message_.id,
                             .invocation_id = call.invocation_id,
                             .direction = call.rule.direction});
    calls_.push_back(std::move(call));
  }

  // AWS: for a message that is sent on behalf of another user, the event has that user, not the sender.
  auto envelope_sender() const -> std::string {
    const bool on_behalf = !message_.sender.empty() && !message_.author.empty();
    return on_behalf && message_.mail_from == message_.sender ? message_.author : message_.mail_from;
  }

  // The failed attempt that is retried.
  auto last_attempt(const std::string& rule) -> std::optional<store::MessageInvocation> {
    std::optional<store::MessageInvocation> last;
    for (auto& invocation : messages_.invocations(message_.number)) {
      if (invocation.rule == rule && invocation.synchronous) last = std::move(invocation);
    }
    return last && last->failure ? last : std::nullopt;
  }

  // AWS: 32 hexadecimal digits (administrator guide; its samples have 40).
  auto new_invocation_id() -> std::string {
    auto id = context_.ids.uuid(context_.now);
    std::erase(id, '-');
    return id;
  }

  // Returns why the response could not be used; empty if it was.
  auto apply(const FunctionCall& call, const FunctionResult& result) -> std::string {
    const FunctionInvocation invocation{
        .direction = call.rule.direction, .recipients = call.recipients, .fallback = call.rule.fallback};
    AppliedAnswer applied{.failure = result.failure};
    if (applied.failure.empty()) {
      applied = apply_answer(result.response, invocation,
                             [this](std::string_view address) { return is_of_organization(address); });
    }
    if (!applied.failure.empty()) {
      if (!retry(call, result)) fall_back(call);
      return applied.failure;
    }
    const auto waiting = waiting_for(call.rule);
    for (auto& decided : applied.recipients) apply(call, waiting, decided);
    return {};
  }

  void apply(const FunctionCall& call, const std::vector<MessageRecipient>& waiting, const RecipientAction& decided) {
    const auto found =
        std::find_if(waiting.begin(), waiting.end(), [&](const auto& one) { return one.address == decided.address; });
    MessageRecipient recipient{.direction = call.rule.direction, .address = decided.address};
    if (found != waiting.end()) recipient = *found;
    if (found == waiting.end() && !decided.is_new) return;
    recipient.rule = call.rule.name;
    if (found == waiting.end()) recipient.number = messages_.add_recipient(message_.number, recipient);
    if (decided.bounce_message)
      recipient.bounce_message = std::string(store::beginning(*decided.bounce_message, kMaxBounceMessage));
    act(recipient, decided.action);
  }

  void fall_back(const FunctionCall& call) {
    for (const auto& recipient : waiting_for(call.rule)) act(recipient, call.rule.fallback);
  }

  // AWS: a failed invocation is retried until the time-out of the rule.
  auto retry(const FunctionCall& call, const FunctionResult& result) -> bool {
    const auto deadline = first_attempt(call, result) + std::chrono::minutes(call.rule.rule_timeout_minutes);
    if (!result.can_retry || context_.now >= deadline) return false;
    messages_.set_retry(message_.number, std::min<Time>(context_.now + pause_after(call.attempt), deadline));
    return true;
  }

  auto first_attempt(const FunctionCall& call, const FunctionResult& result) -> Time {
    for (const auto& invocation : messages_.invocations(message_.number)) {
      if (invocation.invocation_id == call.invocation_id) return invocation.started_at;
    }
    return result.started_at;
  }

  auto is_of_organization(std::string_view address) -> bool {
    return api::is_of_organization(context_.store, message_.organization, address);
  }

  auto rule_of(std::string_view name) const -> const store::EmailFlowRule* {
    const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const auto& rule) { return rule.name == name; });
    return found == rules_.end() ? nullptr : &*found;
  }

  // A recipient whose rule was removed in the meantime is matched again.
  auto waits_for_function(const MessageRecipient& recipient) const -> bool {
    if (recipient.action != FlowAction::RunLambda) return false;
    const auto* rule = rule_of(recipient.rule.value_or(""));
    return rule != nullptr && rule->synchronous;
  }

  // The recipients without an outcome: those that wait for functions, or those that must be matched. Groups come last,
  // so that members who are recipients themselves are handled first.
  auto pending(bool waiting) -> ByRule {
    ByRule found;
    auto all = messages_.recipients(message_.number);
    std::erase_if(all, [&](const auto& one) {
      return one.outcome != MessageOutcome::Pending || waits_for_function(one) != waiting;
    });
    if (all.size() > 1) {
      std::stable_partition(all.begin(), all.end(),
                            [&](const auto& one) { return !is_group(context_.store, message_, one); });
    }
    for (auto& recipient : all) found[recipient.rule.value_or("")].push_back(std::move(recipient));
    return found;
  }

  auto waiting_for(const store::EmailFlowRule& rule) -> std::vector<MessageRecipient> {
    return pending(true)[rule.name];
  }

  Context& context_;
  store::Messages& messages_;
  store::Message message_;
  std::vector<store::EmailFlowRule> rules_;
  std::vector<FunctionCall> calls_;
};

}  // namespace

auto advance_message(Context& context, store::MessageNumber number) -> std::vector<FunctionCall> {
  const auto message = context.store.messages.find(number);
  if (!message) return {};
  return MessageFlow(context, *message).advance();
}

void finish_invocation(Context& context, store::MessageNumber number, const FunctionCall& call,
                       const FunctionResult& result) {
  const auto message = context.store.messages.find(number);
  if (!message) return;
  MessageFlow(context, *message).finish(call, result);
  make_room_for_message(context.store, 0, number);
}

void advance_without_functions(Context& context, store::MessageNumber number, const std::string& why) {
  for (auto calls = advance_message(context, number); !calls.empty(); calls = advance_message(context, number)) {
    for (const auto& call : calls)
      finish_invocation(context, number, call, {.started_at = context.now, .failure = why, .can_retry = false});
  }
}

}  // namespace workmail::api
