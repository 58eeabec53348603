// Gives an entity addresses and a mailbox. Shared by the operations that register entities and seed documents.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// AWS: the CLI's sample of GetMailboxDetails and the administrator guide.
inline constexpr std::int64_t kMailboxQuotaMegabytes = 51200;

// Adds the address, unless the entity already has it. Throws MailDomainNotFound, MailDomainState, EmailAddressInUse.
void hold_address(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                  std::string_view address);

// The same for an alias; also throws LimitExceeded.
// AWS: that an alias which the entity already has is no error is assumed (Q-alias-again).
void hold_alias(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                std::string_view alias);

// Gives the entity its retained mailbox, with its contents, or a new one.
void provide_mailbox(Context& context, const store::Entity& entity);
// For a user who is registered again in a role without mailbox: removes the dates of a purged mailbox, and keeps a
// retained mailbox.
void forget_gone_mailbox(Context& context, const store::Entity& entity);
// Makes the mailbox of the entity retained; it is purged after 30 days. No effect if the entity has no mailbox in use.
void retain_mailbox(Context& context, const store::Entity& entity);

}  // namespace workmail::api
