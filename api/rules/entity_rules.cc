#include "api/rules/entity_rules.h"

#include <algorithm>
#include <array>

#include "api/call/errors.h"
#include "api/rules/entity_state.h"
#include "api/rules/entity_words.h"
#include "api/rules/thirty_day_retention.h"
#include "api/wire/time_text.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

// AWS: the list of reserved names is not published, but assumed (Q-reserved-names). These are the accounts and groups
// that every Active Directory has. Users, groups and resources share their names, so none of them can have one.
constexpr std::array<std::string_view, 15> kReserved{"administrator",
                                                     "guest",
                                                     "krbtgt",
                                                     "administrators",
                                                     "domain admins",
                                                     "domain computers",
                                                     "domain guests",
                                                     "domain users",
                                                     "domain controllers",
                                                     "enterprise admins",
                                                     "group policy creator owners",
                                                     "schema admins",
                                                     "dnsadmins",
                                                     "dnsupdateproxy",
                                                     "cert publishers"};

auto reserved(std::string_view name) -> bool {
  return std::find(kReserved.begin(), kReserved.end(), store::fold(name)) != kReserved.end();
}

// AWS: the three operations take an identifier or a name, and declare no EntityNotFoundException. What names something
// else by mistake would be left as it is without a word; that it is refused, and how, is assumed (Q-delete-other).
void refuse_other(const Context& context, const store::OrganizationHead& organization, std::string_view identifier,
                  store::EntityKind kind) {
  const auto other = context.find_entity(organization, identifier, kAnyKind, Accepts::IdNameOrAddress);
  if (!other) return;
  const std::string subject(identifier);
  const std::string wanted(kind_name(kind));
  if (other->kind != kind) throw errors::invalid_parameter(subject + " is not the identifier of a " + wanted);
  throw errors::invalid_parameter(subject + " is an email address; name the " + wanted + " by its identifier " +
                                  other->id);
}

}  // namespace

void check_name_not_reserved(std::string_view name) {
  if (reserved(name)) throw errors::name_reserved(name);
}

// AWS: "The user, group, or resource name isn't unique" (NameAvailabilityException); that case does not count,
// nor a deleted one, is assumed (Q-name-case, Q-deleted-name-free).
void check_name_free(const Context& context, const store::OrganizationHead& organization, std::string_view name,
                     store::EntityNumber except) {
  if (context.store.entities.find_other_by_name(organization.number, name, except)) {
    throw errors::name_not_available(name);
  }
}

void check_new_name(const Context& context, const store::OrganizationHead& organization, std::string_view name) {
  check_name_not_reserved(name);
  check_name_free(context, organization, name);
}

// AWS: UpdateResource does not declare ReservedNameException; its error is assumed (Q-rename-to-reserved).
void check_rename(const Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                  std::string_view name) {
  const bool only_case = store::fold(name) == store::fold(entity.name);
  if (!only_case && reserved(name)) throw errors::name_not_available(name);
  check_name_free(context, organization, name, entity.number);
}

void check_one_filter(const store::EntityFilter& filter) {
  const int set = static_cast<int>(filter.name_prefix.has_value()) + static_cast<int>(filter.email_prefix.has_value()) +
                  static_cast<int>(filter.display_name_prefix.has_value()) +
                  static_cast<int>(filter.identity_provider_user_id_prefix.has_value()) +
                  static_cast<int>(filter.state.has_value());
  if (set > 1) throw errors::invalid_parameter("Only one filter can be used in a request");
}

void check_identity_provider_user(const Context& context, const store::OrganizationHead& organization,
                                  const std::optional<std::string>& identity_provider_user_id,
                                  store::EntityNumber except) {
  if (!identity_provider_user_id || identity_provider_user_id->empty()) return;
  const auto holder =
      context.store.entities.find_by_identity_provider_user(organization.number, *identity_provider_user_id);
  if (!holder || holder->number == except) return;
  // AWS: an Identity Center user belongs to one WorkMail user; the error is assumed (Q-identity-center-user-twice).
  throw errors::invalid_parameter("IdentityProviderUserId " + *identity_provider_user_id + " is already in use");
}

void add_group_member(Context& context, const store::Entity& group, const store::Entity& member) {
  // AWS: groups may be nested; that a circle is refused, and how, is assumed (Q-group-cycle).
  if (context.store.group_members.contains({.group = member.number, .member = group.number})) {
    throw errors::invalid_parameter("Group " + group.id + " can not be a member of itself");
  }
  context.store.group_members.add({.group = group.number, .member = member.number});
}

void delete_entity(Context& context, const store::OrganizationHead& organization, std::string_view identifier,
                   store::EntityKind kind) {
  const auto entity = context.find_entity(organization, identifier, {kind}, Accepts::IdOrName);
  if (!entity) return refuse_other(context, organization, identifier, kind);
  if (!may(Use::Delete, organization, *entity)) return;
  context.store.entities.mark_deleted(entity->number, later(context.now, kThirtyDayRetention));
  context.store.group_members.remove_all(entity->number);
  context.store.resource_delegates.remove_all(entity->number);
  context.store.mailbox_permissions.remove_all(entity->number);
  context.store.personal_access_tokens.remove_all(entity->number);
  context.store.mobile_device_overrides.remove_all(entity->number);
  // AWS: a resource whose last delegate goes by this stays as it is, as with DisassociateDelegateFromResource. Access
  // control rules and impersonation roles go on naming a deleted user; assumed (Q-last-delegate,
  // Q-deleted-user-in-rules).
}

}  // namespace workmail::api
