// What WorkMail holds and AWS's API does not return, for readers of an organization.
#include <optional>
#include <vector>

#include "api/rules/mailbox_rules.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/organization_path.h"
#include "server/control/plane.h"
#include "server/process/log.h"

namespace workmail::server::control {

namespace {

constexpr std::size_t kEntity = 3;  // segment of the path

auto kind_of(store::EntityKind kind) -> EntityKind {
  if (kind == store::EntityKind::Resource) return EntityKind::Resource;
  return kind == store::EntityKind::Group ? EntityKind::Group : EntityKind::User;
}

auto permissions_of(const store::MailboxPermission& permission) -> std::vector<MailboxPermission> {
  std::vector<MailboxPermission> permissions;
  for (const auto value : api::to_api(permission)) permissions.push_back(api::same_word<MailboxPermission>(value));
  return permissions;
}

auto grants(const std::vector<store::NamedPermission>& permissions) -> std::vector<GrantAnswer> {
  std::vector<GrantAnswer> answers;
  for (const auto& [id, name, kind, permission] : permissions)
    answers.push_back({.id = id, .name = name, .kind = kind_of(kind), .permissions = permissions_of(permission)});
  return answers;
}

auto mailbox_of(store::Store& store, store::EntityNumber entity) -> std::optional<MailboxAnswer> {
  const auto mailbox = store.mailboxes.find(entity);
  if (!mailbox) return std::nullopt;
  return MailboxAnswer{.quota_megabytes = mailbox->quota_megabytes,
                       .megabytes = mailbox->used_megabytes,
                       .deleted_at = mailbox->purged_at};
}

}  // namespace

void get_entity(Plane& plane, const Request& request, Reply& reply) {
  const auto id = named_in_path(request, kEntity);
  write_answer(reply, run_in_organization(plane, request, [&](api::Context& context, const auto& organization) {
                 auto& store = context.store;
                 const auto entity = store.entities.find_by_id(organization.number, id);
                 if (!entity)
                   throw NotFound("Organization " + organization.id + " has no entity " + printable(id) + ".");
                 return EntityAnswer{.id = entity->id,
                                     .name = entity->name,
                                     .kind = kind_of(entity->kind),
                                     .removed_at = entity->forgotten_at,
                                     .mailbox = mailbox_of(store, entity->number),
                                     .grantees = grants(store.mailbox_permissions.grantees(entity->number)),
                                     .owners = grants(store.mailbox_permissions.owners(entity->number))};
               }));
}

void list_identity_center_applications(Plane& plane, const Request& request, Reply& reply) {
  IdentityCenterApplicationsAnswer answer;
  run_in_organization(plane, request, [&](api::Context& context, const auto& /*organization*/) {
    for (const auto& one : context.store.identity_providers.applications())
      if (one.account == context.account && one.region == context.region)
        answer.applications.push_back({.arn = one.arn, .name = one.name, .instance_arn = one.instance_arn});
  });
  write_answer(reply, answer);
}

}  // namespace workmail::server::control
