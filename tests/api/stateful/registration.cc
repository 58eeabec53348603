#include "tests/api/stateful/call.h"

namespace workmail::test::stateful {

void Call::require_usable(const std::string& address, const Entity& self) {
  const auto* its_domain = domain(address.substr(address.find('@') + 1));
  if (its_domain == nullptr) refuse("MailDomainNotFound");
  if (!its_domain->verified) refuse("MailDomainState");
  const auto holds = [&](const Entity& e) { return &e != &self && contains_folded(e.addresses, address); };
  if (any_of(organization->entities, holds)) refuse("EmailAddressInUse");
}

void Call::provide_mailbox(Entity& e) {
  if (e.mailbox && !e.mailbox->gone)
    e.mailbox->deprovisioned.reset();
  else
    e.mailbox = Mailbox{.provisioned = all.now_, .deprovisioned = {}};
}

void Call::retain_mailbox(Entity& e) {
  if (e.mailbox && !e.mailbox->deprovisioned) e.mailbox->deprovisioned = all.now_;
}

auto Call::register_to_work_mail() -> std::string {
  auto& e = living("UGR", "EntityId", false);
  if (e.state == "ENABLED") {
    if (!same(e.primary, text("Email"))) refuse("EntityAlreadyRegistered");
    return "{}";
  }
  require_usable(text("Email"), e);
  e.state = "ENABLED";
  e.primary = text("Email");
  e.addresses = {e.primary};
  e.enabled = all.now_;
  e.disabled.reset();
  if (e.kind != 'G' && e.role != "REMOTE_USER") provide_mailbox(e);
  if (e.role == "REMOTE_USER" && e.mailbox && e.mailbox->gone) e.mailbox.reset();
  return "{}";
}

auto Call::deregister_from_work_mail() -> std::string {
  auto& e = enabled("UGR", "EntityId");
  e.state = "DISABLED";
  e.disabled = all.now_;
  e.primary.clear();
  if (all.rules_ != Reference::Rules::AddressesAreNeverFree) e.addresses.clear();
  retain_mailbox(e);
  return "{}";
}

auto Call::create_alias() -> std::string {
  auto& e = enabled("UGR", "EntityId");
  require_usable(text("Alias"), e);
  if (!contains_folded(e.addresses, text("Alias"))) e.addresses.push_back(text("Alias"));
  return "{}";
}

auto Call::delete_alias() -> std::string {
  auto& e = enabled("UGR", "EntityId");
  if (same(e.primary, text("Alias"))) refuse("InvalidParameter");
  std::erase_if(e.addresses, [&](const std::string& address) { return same(address, text("Alias")); });
  return "{}";
}

auto Call::list_aliases() -> std::string {
  const auto& e = enabled("UGR", "EntityId");
  std::vector<std::string> found{quoted(e.primary)};
  for (const auto& address : e.addresses) {
    if (address != e.primary) found.push_back(quoted(address));
  }
  return list("Aliases", found);
}

auto Call::update_primary_email_address() -> std::string {
  auto& e = enabled("UGR", "EntityId");
  require_usable(text("Email"), e);
  if (!contains_folded(e.addresses, text("Email"))) e.addresses.push_back(text("Email"));
  for (const auto& address : e.addresses) {
    if (same(address, text("Email"))) e.primary = address;
  }
  return "{}";
}

auto Call::describe_entity() -> std::string {
  for (const auto& e : organization->entities) {
    if (e.state == "ENABLED" && contains_folded(e.addresses, text("Email")))
      return Object().text("EntityId", e.id).text("Name", e.name).text("Type", word_of_kind(e.kind)).json();
  }
  refuse("EntityNotFound");
}

}  // namespace workmail::test::stateful
