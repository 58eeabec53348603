#include "api/mail/message_delivery.h"

#include <limits>
#include <set>
#include <string>
#include <vector>

#include "api/mail/mail_address.h"
#include "api/mail/message_limits.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

using store::MessageOutcome;
using store::MessageRecipient;

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

// Users and resources that are direct or indirect members of the group, without duplicates, up to the maximum number of
// recipients of a message.
auto everyone_in(store::Store& store, const store::Entity& group) -> std::vector<store::Entity> {
  std::vector<store::Entity> found;
  std::set<store::EntityNumber> known{group.number};
  std::vector<store::EntityNumber> groups{group.number};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (auto& member : store.group_members.members(groups[i], {}, kAll)) {
      if (!known.insert(member.entity.number).second) continue;
      if (member.entity.kind == store::EntityKind::Group) {
        // AWS: a group that is not registered has no address; what is in it gets no mail through it (assumed,
        // Q-flow-disabled-group).
        if (member.entity.state == store::EntityState::Enabled) groups.push_back(member.entity.number);
      } else if (found.size() < kMaxMessageRecipients) {
        found.push_back(std::move(member.entity));
      }
    }
  }
  return found;
}

auto has_mailbox(store::Store& store, const store::Entity& entity) -> bool {
  if (entity.state != store::EntityState::Enabled) return false;
  const auto mailbox = store.mailboxes.find(entity.number);
  return mailbox && mailbox->in_use();
}

auto recipients_inside(store::Store& store, const store::Message& message) -> std::set<std::string> {
  std::set<std::string> ids;
  for (auto& recipient : store.messages.recipients(message.number)) {
    if (recipient.entity_id) ids.insert(*std::move(recipient.entity_id));
  }
  return ids;
}

void write(store::Store& store, const store::Entity& entity, MessageRecipient recipient, MessageOutcome outcome) {
  recipient.entity_id = entity.id;
  recipient.outcome = has_mailbox(store, entity) ? outcome : MessageOutcome::NoMailbox;
  store.messages.set_recipient(recipient);
}

void deliver_to_group(store::Store& store, const store::Message& message, const store::Entity& group,
                      const MessageRecipient& recipient, MessageOutcome outcome) {
  const auto members = everyone_in(store, group);
  if (members.empty() || group.state != store::EntityState::Enabled) return write(store, group, recipient, outcome);
  store.messages.remove_recipient(recipient.number);
  const auto known = recipients_inside(store, message);
  for (const auto& member : members) {
    if (known.contains(member.id)) continue;
    MessageRecipient of_group = recipient;
    of_group.address = member.email.value_or(recipient.address);
    of_group.number = store.messages.add_recipient(message.number, of_group);
    write(store, member, of_group, outcome);
  }
}

}  // namespace

auto is_of_organization(store::Store& store, store::OrganizationNumber organization, std::string_view address) -> bool {
  return store.domains.find(organization, store::fold(domain_of(address))).has_value();
}

auto direction_of(store::Store& store, store::OrganizationNumber organization, std::string_view mail_from)
    -> store::FlowDirection {
  return is_of_organization(store, organization, mail_from) ? store::FlowDirection::Outbound
                                                            : store::FlowDirection::Inbound;
}

auto finds_recipient(store::Store& store, const store::Message& message, const MessageRecipient& recipient) -> bool {
  return store.entities.find_by_address(message.organization, recipient.address).has_value();
}

auto is_group(store::Store& store, const store::Message& message, const MessageRecipient& recipient) -> bool {
  const auto entity = store.entities.find_by_address(message.organization, recipient.address);
  return entity && entity->kind == store::EntityKind::Group;
}

void deliver(store::Store& store, const store::Message& message, const MessageRecipient& recipient,
             MessageOutcome outcome) {
  const auto entity = store.entities.find_by_address(message.organization, recipient.address);
  if (!entity) {
    MessageRecipient missing = recipient;
    missing.outcome = MessageOutcome::NotFound;
    return store.messages.set_recipient(missing);
  }
  if (entity->kind == store::EntityKind::Group) return deliver_to_group(store, message, *entity, recipient, outcome);
  write(store, *entity, recipient, outcome);
}

}  // namespace workmail::api
