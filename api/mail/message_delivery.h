// Where a message that comes in ends for a recipient: in the mailbox of a user or resource, in those of the members of
// a group, or nowhere. Rules and functions have decided before.
#pragma once

#include <string_view>

#include "store/messages.h"
#include "store/store.h"

namespace workmail::api {

// Whether the address is in a domain of the organization.
auto is_of_organization(store::Store& store, store::OrganizationNumber organization, std::string_view address) -> bool;

// Which way a message of this sender goes first.
auto direction_of(store::Store& store, store::OrganizationNumber organization, std::string_view mail_from)
    -> store::FlowDirection;

// Whether the organization has the recipient's address, primary or alias.
auto finds_recipient(store::Store& store, const store::Message& message, const store::MessageRecipient& recipient)
    -> bool;

auto is_group(store::Store& store, const store::Message& message, const store::MessageRecipient& recipient) -> bool;

// Writes `outcome` for the recipient, or why there is no mailbox. Instead of a group, its members become recipients.
void deliver(store::Store& store, const store::Message& message, const store::MessageRecipient& recipient,
             store::MessageOutcome outcome);

}  // namespace workmail::api
