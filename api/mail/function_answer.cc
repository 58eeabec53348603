#include "api/mail/function_answer.h"

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "api/mail/flow_actions.h"
#include "api/mail/mail_address.h"
#include "api/wire/excerpt.h"
#include "api/wire/json_text.h"
#include "store/folding.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

using store::FlowAction;
using store::FlowDirection;

// AWS: an invalid response is a failed invocation (administrator guide, "Synchronous Run Lambda action failures").
struct InvalidAnswer : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Decision {
  FlowAction action = FlowAction::Default;
  std::shared_ptr<const std::string> bounce_message;
  bool is_fallback = false;
};

// The decisions in a response. The addresses are as the function wrote them, without duplicates.
struct Decisions {
  std::vector<std::string> named;
  std::map<std::string, Decision> by_address;  // folded
  std::optional<Decision> others;              // of allRecipients
};

// AWS: null is assumed to mean that the member is absent (Q-answer-null).
auto find_member(const Json& object, const char* name) -> const Json* {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

auto bounce_message(const Json& parameters) -> std::shared_ptr<const std::string> {
  const Json* message = find_member(parameters, "bounceMessage");
  if (message == nullptr) return nullptr;
  if (!message->IsString()) throw InvalidAnswer("bounceMessage is not a text");
  return std::make_shared<const std::string>(text_of(*message));
}

// AWS: that types are compared with their case, and that parameters of other types than BOUNCE are ignored, is assumed
// (Q-answer-types, Q-answer-parameters).
auto read_action(const Json& entry, FlowDirection direction) -> Decision {
  const Json* action = find_member(entry, "action");
  if (action == nullptr || !action->IsObject()) throw InvalidAnswer("action is not an object");
  const Json* type = find_member(*action, "type");
  if (type == nullptr || !type->IsString()) throw InvalidAnswer("type is not a text");
  const auto known = store::from_word<FlowAction>(text_of(*type));
  if (!known || !is_action_of_answer(direction, *known)) {
    throw InvalidAnswer("the type " + excerpt(text_of(*type), kMaxNameShown) +
                        " is not allowed when flowDirection is " + std::string(store::word(direction)));
  }
  const Json* parameters = find_member(*action, "parameters");
  if (parameters != nullptr && !parameters->IsObject()) throw InvalidAnswer("parameters is not an object");
  if (parameters == nullptr || *known != FlowAction::Bounce) return {.action = *known};
  return {.action = *known, .bounce_message = bounce_message(*parameters)};
}

// AWS: the texts true and false, which its samples write, are assumed to be taken as booleans (Q-answer-boolean).
auto is_for_all(const Json& entry) -> bool {
  const Json* all = find_member(entry, "allRecipients");
  if (all == nullptr) return false;
  if (all->IsBool()) return all->GetBool();
  if (all->IsString() && text_of(*all) == "true") return true;
  if (all->IsString() && text_of(*all) == "false") return false;
  throw InvalidAnswer("allRecipients is not a boolean");
}

// AWS: one action can have both recipients and allRecipients, and an empty list is for no recipient (both in its
// samples). Of two actions for one recipient, or for all, the first is assumed to count (Q-answer-two-actions).
void add_recipients(const Json& entry, const Decision& decision, Decisions& decisions) {
  const Json* recipients = find_member(entry, "recipients");
  const bool for_all = is_for_all(entry);
  if (recipients == nullptr && !for_all) throw InvalidAnswer("an action has neither recipients nor allRecipients");
  if (recipients != nullptr && !recipients->IsArray()) throw InvalidAnswer("recipients is not a list");
  if (for_all && !decisions.others) decisions.others = decision;
  if (recipients == nullptr) return;
  for (const auto& recipient : recipients->GetArray()) {
    if (!recipient.IsString()) throw InvalidAnswer("a recipient is not a text");
    std::string address(text_of(recipient));
    if (decisions.by_address.emplace(store::fold(address), decision).second) {
      decisions.named.push_back(std::move(address));
    }
  }
}

// AWS: the actions behind the tenth are subject to the fallback action: assumed to mean that their recipients get it,
// and that each entry of the list counts (Q-answer-tenth-action). Those actions must be valid, too.
auto read_decisions(const Json& answer, const FunctionInvocation& invocation) -> Decisions {
  const Json* actions = answer.IsObject() ? find_member(answer, "actions") : nullptr;
  if (actions == nullptr || !actions->IsArray()) throw InvalidAnswer("there is no list of actions");
  // AWS: its samples require an element.
  if (actions->Empty()) throw InvalidAnswer("the list of actions is empty");
  Decisions decisions;
  for (rapidjson::SizeType i = 0; i < actions->Size(); ++i) {
    const Json& entry = (*actions)[i];
    if (!entry.IsObject()) throw InvalidAnswer("an element of actions is not an object");
    auto decision = read_action(entry, invocation.direction);
    if (i >= kMaxAnswerActions) decision = {.action = invocation.fallback, .is_fallback = true};
    add_recipients(entry, decision, decisions);
  }
  return decisions;
}

auto parse(std::string_view json, rapidjson::Document& document) -> const Json& {
  if (json.size() > kMaxAnswerSize) throw InvalidAnswer("it is larger than 256 KB");
  if (!store::is_utf8(json)) throw InvalidAnswer("it is not UTF-8");
  if (!parse_json(json, document)) throw InvalidAnswer("it is not JSON, or is nested too deeply");
  return document;
}

// Applies the decisions to each recipient.
class Application {
 public:
  Application(const FunctionInvocation& invocation, const Decisions& decisions)
      : invocation_(invocation), decisions_(decisions) {}

  void add_own() {
    for (const auto& address : invocation_.recipients) {
      const auto key = store::fold(address);
      const auto found = decisions_.by_address.find(key);
      known_.insert(key);
      const Decision fallback{.action = invocation_.fallback, .is_fallback = true};
      auto decision = found != decisions_.by_address.end() ? found->second : decisions_.others.value_or(fallback);
      if (!decision.is_fallback && !takes_one()) decision = fallback;
      add(address, decision, false);
    }
  }

  // AWS: a recipient that the invocation does not have is added, inbound only one of the organization. Assumed is that
  // one outside makes the answer invalid, and so does a text that is no address; that DROP and BOUNCE add none, because
  // there is nothing to drop; and that the fallback, which is for recipients of the message, adds none.
  void add_new(const std::function<bool(std::string_view)>& is_of_organization) {
    for (const auto& address : decisions_.named) {
      const auto key = store::fold(address);
      const auto& decision = decisions_.by_address.at(key);
      const bool delivers = decision.action != FlowAction::Drop && decision.action != FlowAction::Bounce;
      if (known_.contains(key) || decision.is_fallback || !delivers) continue;
      if (!is_mail_address(address)) throw InvalidAnswer("a new recipient is not an address: " + shown(address));
      if (invocation_.direction == FlowDirection::Inbound && !is_of_organization(address)) {
        throw InvalidAnswer("a new recipient is not of the organization: " + shown(address));
      }
      if (takes_one()) add(address, decision, true);
    }
  }

  auto take() -> std::vector<RecipientAction> { return std::move(result_); }

 private:
  static auto shown(const std::string& address) -> std::string { return excerpt(address, kMaxNameShown); }

  // AWS: at most 500 recipients outbound; those behind are assumed to get the fallback (Q-answer-recipients).
  auto takes_one() -> bool {
    return ++decided_ <= kMaxOutboundRecipients || invocation_.direction == FlowDirection::Inbound;
  }

  void add(const std::string& address, const Decision& decision, bool is_new) {
    result_.push_back({.address = address,
                       .action = decision.action,
                       .bounce_message = decision.bounce_message,
                       .is_fallback = decision.is_fallback,
                       .is_new = is_new});
  }

  const FunctionInvocation& invocation_;
  const Decisions& decisions_;
  std::set<std::string> known_;  // folded
  std::size_t decided_ = 0;      // by the response
  std::vector<RecipientAction> result_;
};

}  // namespace

auto apply_answer(std::string_view json, const FunctionInvocation& invocation,
                  const std::function<bool(std::string_view)>& is_of_organization) -> AppliedAnswer {
  try {
    rapidjson::Document document;
    const auto decisions = read_decisions(parse(json, document), invocation);
    Application application(invocation, decisions);
    application.add_own();
    application.add_new(is_of_organization);
    return {.failure = {}, .recipients = application.take()};
  } catch (const InvalidAnswer& invalid) {
    return {.failure = std::string("The function's answer is invalid: ") + invalid.what(), .recipients = {}};
  }
}

}  // namespace workmail::api
