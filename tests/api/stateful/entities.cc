#include "tests/api/stateful/call.h"

namespace workmail::test::stateful {

void Call::require_free_name(const std::string& name, const Entity* self) {
  const auto holds = [&](const Entity& e) { return &e != self && !e.deleted && same(e.name, name); };
  if (any_of(organization->entities, holds)) refuse("NameAvailability");
}

// Those that the moves try.
auto Call::reserved(const std::string& name) -> bool {
  return same(name, "guest") || same(name, "administrators");
}

void Call::require_not_reserved() {
  if (reserved(text("Name"))) refuse("ReservedName");
}

void Call::require_role() {
  if (text("Role") == "SYSTEM_USER" || text("Role") == "RESOURCE") refuse("InvalidParameter");
}

auto Call::create_user() -> std::string {
  require_role();
  require_not_reserved();
  require_free_name(text("Name"));
  Entity e{.kind = 'U', .id = made, .name = text("Name")};
  e.role = has("Role") ? text("Role") : "USER";
  e.display_name = text("DisplayName");
  e.hidden = flag("HiddenFromGlobalAddressList");
  organization->entities.push_back(e);
  return Object().text("UserId", made).json();
}

auto Call::create_group() -> std::string {
  require_not_reserved();
  require_free_name(text("Name"));
  Entity e{.kind = 'G', .id = made, .name = text("Name")};
  e.hidden = flag("HiddenFromGlobalAddressList");
  organization->entities.push_back(e);
  return Object().text("GroupId", made).json();
}

auto Call::create_resource() -> std::string {
  require_not_reserved();
  require_free_name(text("Name"));
  Entity e{.kind = 'R', .id = made, .name = text("Name")};
  e.type = text("Type");
  e.description = text("Description");
  organization->entities.push_back(e);
  return Object().text("ResourceId", made).json();
}

auto Call::update_user() -> std::string {
  require_role();
  auto& e = enabled("U", "UserId");
  if (has("DisplayName")) e.display_name = text("DisplayName");
  if (has("City")) e.city = text("City");
  if (has("Role") && text("Role") != e.role) {
    e.role = text("Role");
    if (e.role == "USER")
      provide_mailbox(e);
    else
      retain_mailbox(e);
  }
  if (has("HiddenFromGlobalAddressList")) e.hidden = flag("HiddenFromGlobalAddressList");
  return "{}";
}

auto Call::update_group() -> std::string {
  auto& e = living("G", "GroupId");
  if (has("HiddenFromGlobalAddressList")) e.hidden = flag("HiddenFromGlobalAddressList");
  return "{}";
}

auto Call::update_resource() -> std::string {
  auto& e = living("R", "ResourceId");
  if (has("BookingOptions")) {
    const auto option = [&](const char* member) {
      const auto& options = in["BookingOptions"];
      return options.HasMember(member) && options[member].GetBool();
    };
    if (!option("AutoAcceptRequests") && e.members.empty()) refuse("InvalidConfiguration");
    e.accepts = option("AutoAcceptRequests");
    e.declines_recurring = option("AutoDeclineRecurringRequests");
    e.declines_conflicting = option("AutoDeclineConflictingRequests");
  }
  if (has("Name")) {
    if (reserved(text("Name"))) refuse("NameAvailability");
    require_free_name(text("Name"), &e);
    e.name = text("Name");
  }
  if (has("Type")) e.type = text("Type");
  if (has("Description")) e.description = text("Description");
  if (has("HiddenFromGlobalAddressList")) e.hidden = flag("HiddenFromGlobalAddressList");
  return "{}";
}

auto Call::delete_entity(const std::string& kind, const char* member) -> std::string {
  auto* e = find(kind, text(member), false);
  if (e == nullptr && find("UGR", text(member)) != nullptr) refuse("InvalidParameter");
  if (e == nullptr || e->deleted) return "{}";
  if (e->state == "ENABLED") refuse("EntityState");
  e->state = "DELETED";
  e->deleted = all.now_;
  e->members.clear();
  e->permissions.clear();
  for (auto& other : organization->entities) {
    std::erase(other.members, e->id);
    std::erase_if(other.permissions, [&](const auto& permission) { return permission.first == e->id; });
  }
  return "{}";
}

auto Call::describe_user() -> std::string {
  const auto& e = entity("U", "UserId");
  Object answer;
  answer.text("UserId", e.id).text("UserRole", e.role).text("DisplayName", e.display_name).text_if_any("City", e.city);
  if (e.mailbox) {
    answer.date_if_any("MailboxProvisionedDate", e.mailbox->provisioned);
    answer.date_if_any("MailboxDeprovisionedDate", e.mailbox->deprovisioned);
  }
  return described(e, answer).json();
}

auto Call::describe_group() -> std::string {
  const auto& e = entity("G", "GroupId");
  return described(e, Object().text("GroupId", e.id)).json();
}

auto Call::describe_resource() -> std::string {
  const auto& e = entity("R", "ResourceId");
  const auto options = Object()
                           .flag("AutoAcceptRequests", e.accepts)
                           .flag("AutoDeclineRecurringRequests", e.declines_recurring)
                           .flag("AutoDeclineConflictingRequests", e.declines_conflicting);
  Object answer;
  answer.text("ResourceId", e.id).text("Type", e.type).text_if_any("Description", e.description);
  return described(e, answer.raw("BookingOptions", options.json())).json();
}

auto Call::described(const Entity& e, Object answer) -> Object {
  return summarized(e, answer.flag("HiddenFromGlobalAddressList", e.hidden)).text_if_any("Email", e.primary);
}

auto Call::summarized(const Entity& e, Object answer) -> Object {
  return answer.text("Name", e.name)
      .text("State", e.state)
      .date_if_any("EnabledDate", e.enabled)
      .date_if_any("DisabledDate", e.disabled);
}

auto Call::list_entities(char kind, const char* member) -> std::string {
  std::vector<std::string> found;
  for (const auto& e : organization->entities) {
    if (e.kind != kind) continue;
    auto summary = summarized(e, Object().text("Id", e.id).text_if_any("Email", e.primary));
    if (kind == 'U') summary.text("UserRole", e.role).text("DisplayName", e.display_name);
    if (kind == 'R') summary.text("Type", e.type).text_if_any("Description", e.description);
    found.push_back(summary.json());
  }
  return list(member, found);
}

}  // namespace workmail::test::stateful
