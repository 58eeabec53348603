#include "api/entity_rules.h"

#include <algorithm>
#include <array>

#include "api/refusals.h"
#include "api/time_text.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

// AWS: the list of reserved names is not published. These are the accounts and groups that every Active Directory has.
constexpr std::array<std::string_view, 3> kReservedUsers{"administrator", "guest", "krbtgt"};
constexpr std::array<std::string_view, 12> kReservedGroups{
    "administrators", "domain admins", "domain computers",  "domain controllers",
    "domain guests",  "domain users",  "enterprise admins", "group policy creator owners",
    "schema admins",  "dnsadmins",     "dnsupdateproxy",    "cert publishers"};

auto reserved(store::EntityKind kind, std::string_view name) -> bool {
  const auto in = [key = store::fold(name)](const auto& names) {
    return std::find(names.begin(), names.end(), key) != names.end();
  };
  if (kind == store::EntityKind::User) return in(kReservedUsers);
  return kind == store::EntityKind::Group && in(kReservedGroups);
}

}  // namespace

void check_name_free(const Context& context, const store::OrganizationHead& organization, store::EntityKind kind,
                     std::string_view name) {
  if (reserved(kind, name)) throw refusals::name_reserved(name);
  if (context.store.entities.find_by_name(organization.number, kind, name)) throw refusals::name_not_available(name);
}

void check_one_filter(const store::EntityFilter& filter) {
  const int set = static_cast<int>(filter.name_prefix.has_value()) + static_cast<int>(filter.email_prefix.has_value()) +
                  static_cast<int>(filter.display_name_prefix.has_value()) +
                  static_cast<int>(filter.identity_provider_user_id_prefix.has_value()) +
                  static_cast<int>(filter.state.has_value());
  if (set > 1) throw refusals::invalid_parameter("Only one filter can be used in a request");
}

void check_identity_provider_user(const Context& context, const store::OrganizationHead& organization,
                                  const std::optional<std::string>& identity_provider_user_id, std::int64_t except) {
  if (!identity_provider_user_id || identity_provider_user_id->empty()) return;
  const auto holder =
      context.store.entities.find_by_identity_provider_user(organization.number, *identity_provider_user_id);
  if (!holder || holder->number == except) return;
  // AWS: an Identity Center user belongs to one WorkMail user; the error is a guess.
  throw refusals::invalid_parameter("IdentityProviderUserId " + *identity_provider_user_id + " is already in use");
}

void add_group_member(Context& context, const store::Entity& group, const store::Entity& member) {
  // AWS: groups may be nested; that a circle is refused, and how, is a guess.
  if (context.store.group_members.contains(member.number, group.number)) {
    throw refusals::invalid_parameter("Group " + group.id + " can not be a member of itself");
  }
  context.store.group_members.add(group.number, member.number);
}

void delete_entity(Context& context, const store::OrganizationHead& organization, std::string_view identifier,
                   store::EntityKind kind) {
  const auto entity = context.find_entity(organization, identifier, {kind}, Accepts::IdOrName);
  if (!entity || !context.may(Use::Delete, organization, *entity)) return;
  context.store.entities.mark_deleted(entity->number, later(context.now, kRetention));
  context.store.group_members.remove_all(entity->number);
  context.store.resource_delegates.remove_all(entity->number);
  context.store.mailbox_permissions.remove_all(entity->number);
  context.store.personal_access_tokens.remove_all(entity->number);
  context.store.mobile_device_overrides.remove_all(entity->number);
  // AWS: access control rules and impersonation roles go on naming a deleted user; a guess.
}

}  // namespace workmail::api
