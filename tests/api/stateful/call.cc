#include "tests/api/stateful/call.h"

#include <cctype>

namespace workmail::test::stateful {

void refuse(const char* error) {
  throw Refusal{std::string(error) + "Exception"};
}

auto fold(std::string text) -> std::string {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return text;
}

auto same(const std::string& one, const std::string& other) -> bool {
  return fold(one) == fold(other);
}

auto ends_with(const std::string& text, const std::string& end) -> bool {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

auto contains(const std::vector<std::string>& list, const std::string& text) -> bool {
  return any_of(list, [&](const std::string& element) { return element == text; });
}

auto contains_folded(const std::vector<std::string>& list, const std::string& text) -> bool {
  return any_of(list, [&](const std::string& element) { return same(element, text); });
}

auto quoted(const std::string& text) -> std::string {
  return "\"" + text + "\"";
}

auto joined(const std::vector<std::string>& elements) -> std::string {
  std::string text;
  for (const auto& element : elements) text += (text.empty() ? "" : ",") + element;
  return "[" + text + "]";
}

auto list(const char* member, const std::vector<std::string>& elements) -> std::string {
  return Object().raw(member, joined(elements)).json();
}

auto word_of_kind(char kind) -> std::string {
  return kind == 'U' ? "USER" : kind == 'G' ? "GROUP" : "RESOURCE";
}

void Call::find_organization() {
  for (auto& candidate : all.organizations_) {
    if (candidate.id == text("OrganizationId") && candidate.account == account && candidate.region == region)
      organization = &candidate;
  }
  if (organization == nullptr) refuse("OrganizationNotFound");
}

auto Call::domain(const std::string& name) -> Domain* {
  for (auto& candidate : organization->domains) {
    if (same(candidate.name, name)) return &candidate;
  }
  return nullptr;
}

auto Call::find(const std::string& kinds, const std::string& identifier, bool by_address) -> Entity* {
  const auto first = [&](auto condition) -> Entity* {
    for (const char kind : kinds) {
      for (auto& candidate : organization->entities) {
        if (candidate.kind == kind && condition(candidate)) return &candidate;
      }
    }
    return nullptr;
  };
  auto* found = first([&](const Entity& e) { return e.id == identifier; });
  if (found == nullptr) found = first([&](const Entity& e) { return !e.deleted && same(e.name, identifier); });
  if (found == nullptr && by_address)
    found = first([&](const Entity& e) { return e.state == "ENABLED" && contains_folded(e.addresses, identifier); });
  return found;
}

auto Call::entity(const std::string& kinds, const char* member, bool by_address) -> Entity& {
  auto* found = find(kinds, text(member), by_address);
  if (found == nullptr) refuse("EntityNotFound");
  return *found;
}

auto Call::by_id(const std::string& id) -> Entity& {
  return *find("UGR", id);
}

auto Call::living(const std::string& kinds, const char* member, bool by_address) -> Entity& {
  auto& found = entity(kinds, member, by_address);
  if (found.deleted) refuse("EntityState");
  return found;
}

auto Call::enabled(const std::string& kinds, const char* member) -> Entity& {
  auto& found = entity(kinds, member);
  if (found.state != "ENABLED") refuse("EntityState");
  return found;
}

auto Call::not_deleted(const std::string& kinds, const char* member) -> Entity& {
  auto& found = entity(kinds, member);
  if (found.deleted) refuse("EntityNotFound");
  return found;
}

}  // namespace workmail::test::stateful
