#include "api/mail/flow_matching.h"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>

#include "api/mail/flow_actions.h"
#include "api/mail/mail_address.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

using store::EmailFlowRule;
using store::FlowDirection;

// AWS: the rule for an address precedes the one for its domain; the rest of the order is assumed (Q-flow-specificity).
// A domain precedes *.domain, of those the longer one precedes, and * is last.
enum class PatternKind { Star, WildcardDomain, Domain, Address };

struct Specificity {
  PatternKind kind = PatternKind::Star;
  std::size_t length = 0;  // of the domain after *.

  auto operator<=>(const Specificity&) const = default;
};

// How well a rule matches; the greater one is the more specific.
// AWS: how the patterns of senders and destinations combine is undocumented. The guide speaks of rules with a less
// specific sender pattern, so the sender's is assumed to decide first, in both directions, and then the recipient's
// (Q-flow-sender-first).
struct RuleSpecificity {
  Specificity sender;
  Specificity destination;

  auto operator<=>(const RuleSpecificity&) const = default;
};

// Patterns are ASCII, and `folded` is in lower case.
auto is_same(std::string_view pattern, std::string_view folded) -> bool {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; };
  return std::equal(pattern.begin(), pattern.end(), folded.begin(), folded.end(),
                    [&](char wanted, char character) { return lower(wanted) == character; });
}

// Whether the domain is `top` or a subdomain of it.
auto is_within(std::string_view domain, std::string_view top) -> bool {
  if (domain.size() < top.size()) return false;
  const auto start = domain.size() - top.size();
  return is_same(top, domain.substr(start)) && (start == 0 || domain[start - 1] == '.');
}

// AWS: * matches any address; assumed also for an address that is missing or has no domain (Q-flow-star).
auto match(std::string_view pattern, std::string_view address) -> std::optional<Specificity> {
  if (pattern == "*") return Specificity{.kind = PatternKind::Star};
  const auto domain = domain_of(address);
  if (pattern.starts_with("*.")) {
    pattern.remove_prefix(2);
    if (!is_within(domain, pattern)) return std::nullopt;
    return Specificity{.kind = PatternKind::WildcardDomain, .length = pattern.size()};
  }
  const bool is_address = pattern.find('@') != std::string_view::npos;
  if (!is_same(pattern, is_address ? address : domain)) return std::nullopt;
  return Specificity{.kind = is_address ? PatternKind::Address : PatternKind::Domain};
}

// AWS: the patterns that match make a rule specific, not the others that it has: assumed (Q-flow-pattern-counts).
auto best_match(const std::vector<std::string>& patterns, std::string_view address) -> std::optional<Specificity> {
  std::optional<Specificity> best;
  for (const auto& pattern : patterns) best = std::max(best, match(pattern, address));
  return best;
}

// One matching sender address is enough.
auto specificity(const EmailFlowRule& rule, const std::vector<std::string>& senders, std::string_view recipient)
    -> std::optional<RuleSpecificity> {
  std::optional<Specificity> sender;
  for (const auto& address : senders) sender = std::max(sender, best_match(rule.sender_patterns, address));
  if (!sender) return std::nullopt;
  const auto destination = best_match(rule.destination_patterns, recipient);
  if (!destination) return std::nullopt;
  return RuleSpecificity{.sender = *sender, .destination = *destination};
}

// AWS: which of two rules applies that differ in nothing that counts is undocumented; assumed is the first
// (Q-flow-equal-rules).
auto best_rule(const std::vector<EmailFlowRule>& rules, FlowDirection direction,
               const std::vector<std::string>& senders, std::string_view recipient) -> const EmailFlowRule* {
  const EmailFlowRule* best = nullptr;
  std::optional<RuleSpecificity> best_specificity;
  for (const auto& rule : rules) {
    if (rule.direction != direction) continue;
    const auto found = specificity(rule, senders, recipient);
    if (!found) continue;
    const bool precedes =
        found > best_specificity || (found == best_specificity && is_more_restrictive(rule.action, best->action));
    if (precedes) {
      best = &rule;
      best_specificity = found;
    }
  }
  return best;
}

}  // namespace

auto find_rule(const std::vector<EmailFlowRule>& rules, FlowDirection direction, const MessageSenders& senders,
               std::string_view recipient) -> const EmailFlowRule* {
  const auto to = store::fold(recipient);
  const auto from = store::fold(senders.from);
  if (senders.sender_header.empty()) return best_rule(rules, direction, {from}, to);
  const auto sender = store::fold(senders.sender_header);
  // AWS: outbound, either header may match; that the one that matches more specifically counts is assumed
  // (Q-flow-outbound-headers).
  if (direction == FlowDirection::Outbound) return best_rule(rules, direction, {sender, from}, to);
  // AWS: inbound, From is matched when no rule matches Sender; assumed: no rule that matches the recipient, too
  // (Q-flow-inbound-from).
  const auto* rule = best_rule(rules, direction, {sender}, to);
  return rule != nullptr ? rule : best_rule(rules, direction, {from}, to);
}

}  // namespace workmail::api
