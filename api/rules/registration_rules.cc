#include "api/rules/registration_rules.h"

#include "api/call/errors.h"
#include "api/rules/domain_rules.h"
#include "api/rules/entity_rules.h"
#include "api/rules/thirty_day_retention.h"
#include "api/wire/time_text.h"

namespace workmail::api {

namespace {

// AWS: administrator guide, "Limits"; that the primary address is not counted is assumed (Q-alias-limit).
constexpr int kAliasesPerEntity = 100;

// Whether the entity already has the address; throws if another entity has it.
auto has_address(const Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                 std::string_view address) -> bool {
  const auto holder = context.store.entities.find_by_address(organization.number, address);
  if (holder && holder->number != entity.number) throw errors::address_in_use(address);
  return holder.has_value();
}

}  // namespace

void hold_address(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                  std::string_view address) {
  const auto domain = domain_of_address(context, organization, address);
  if (has_address(context, organization, entity, address)) return;
  context.store.addresses.add(organization.number, entity.number, domain.number, address);
}

void hold_alias(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                std::string_view alias) {
  const auto domain = domain_of_address(context, organization, alias);
  if (has_address(context, organization, entity, alias)) return;
  if (context.store.addresses.count(entity.number) > kAliasesPerEntity) {
    throw errors::limit_exceeded(kAliasesPerEntity, "aliases");
  }
  context.store.addresses.add(organization.number, entity.number, domain.number, alias);
}

void provide_mailbox(Context& context, const store::Entity& entity) {
  auto& mailboxes = context.store.mailboxes;
  if (mailboxes.find(entity.number))
    mailboxes.restore(entity.number);
  else
    mailboxes.add(entity.number, kMailboxQuotaMegabytes, context.now);
}

void forget_gone_mailbox(Context& context, const store::Entity& entity) {
  const auto last = context.store.mailboxes.last(entity.number);
  if (last && last->gone()) context.store.mailboxes.remove(entity.number);
}

void retain_mailbox(Context& context, const store::Entity& entity) {
  context.store.mailboxes.retain(entity.number, context.now, later(context.now, kThirtyDayRetention));
}

}  // namespace workmail::api
