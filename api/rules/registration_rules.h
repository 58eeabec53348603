// How an entity comes to hold addresses and a mailbox: shared by the operations that register and by seeds.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// AWS: the CLI's sample of GetMailboxDetails and the administrator guide.
inline constexpr std::int64_t kMailboxQuotaMegabytes = 51200;

// The entity gets the address unless it has it already. Throws MailDomainNotFound, MailDomainState, EmailAddressInUse.
void hold_address(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                  std::string_view address);

// The same for an alias, of which there is a limit: throws LimitExceeded as well.
// AWS: that an alias which the entity has already is no error is assumed (Q-alias-again).
void hold_alias(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                std::string_view alias);

// The entity gets its mailbox: the retained one, with what it holds, or a new one.
void provide_mailbox(Context& context, const store::Entity& entity);
// A user whose role has no mailbox is registered again: what is left of one that is gone is cleared, one that is
// retained stays.
void forget_gone_mailbox(Context& context, const store::Entity& entity);
// Its mailbox is out of use, and deleted in 30 days. No effect on an entity without one that is in use.
void retain_mailbox(Context& context, const store::Entity& entity);

}  // namespace workmail::api
