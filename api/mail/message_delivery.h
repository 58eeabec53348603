// The last step of an inbound message, after rules and functions: delivery to the mailbox of a user or resource, to
// those of the members of a group, or nowhere.
#pragma once

#include <string_view>

#include "store/messages.h"
#include "store/store.h"

namespace workmail::api {

// Whether the address is in a domain of the organization.
auto is_of_organization(store::Store& store, store::OrganizationNumber organization, std::string_view address) -> bool;

// The first direction of a message from this sender.
auto direction_of(store::Store& store, store::OrganizationNumber organization, std::string_view mail_from)
    -> store::FlowDirection;

// Whether the organization has the recipient's address, primary or alias.
auto finds_recipient(store::Store& store, const store::Message& message, const store::MessageRecipient& recipient)
    -> bool;

auto is_group(store::Store& store, const store::Message& message, const store::MessageRecipient& recipient) -> bool;

// Stores `outcome` for the recipient, or that the recipient has no mailbox. A group is replaced by its members.
void deliver(store::Store& store, const store::Message& message, const store::MessageRecipient& recipient,
             store::MessageOutcome outcome);

}  // namespace workmail::api
