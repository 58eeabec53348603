#include "api/call/context.h"

#include <algorithm>

#include "api/call/errors.h"

namespace workmail::api {

namespace {

// AWS: of the shape WorkMailIdentifier. Most names are shorter than an id, and are not looked up as one.
constexpr std::size_t kMinIdLength = 12;

}  // namespace

auto Context::organization(std::string_view id) const -> store::OrganizationHead {
  auto found = store.organizations.head(account, region, id);
  if (!found) throw errors::organization_not_found(id);
  return *std::move(found);
}

auto Context::active_organization(std::string_view id) const -> store::OrganizationHead {
  auto found = organization(id);
  if (found.state != store::OrganizationState::Active && !any_organization_state)
    throw errors::organization_not_active(id, store::word(found.state));
  return found;
}

auto Context::find_entity(const store::OrganizationHead& organization, std::string_view identifier,
                          std::initializer_list<store::EntityKind> kinds, Accepts accepts) const
    -> std::optional<store::Entity> {
  const auto wanted = [&](const std::optional<store::Entity>& entity) {
    return entity && std::find(kinds.begin(), kinds.end(), entity->kind) != kinds.end();
  };
  std::optional<store::Entity> found;
  if (identifier.size() >= kMinIdLength) found = store.entities.find_by_id(organization.number, identifier);
  if (wanted(found) || accepts == Accepts::Id) return wanted(found) ? found : std::nullopt;
  for (const auto kind : kinds) {
    found = store.entities.find_by_name(organization.number, kind, identifier);
    if (found) return found;
  }
  if (accepts == Accepts::IdOrName || identifier.find('@') == std::string_view::npos) return std::nullopt;
  found = store.entities.find_by_address(organization.number, identifier);
  return wanted(found) ? found : std::nullopt;
}

auto Context::entity(const store::OrganizationHead& organization, std::string_view identifier,
                     std::initializer_list<store::EntityKind> kinds, Accepts accepts) const -> store::Entity {
  auto found = find_entity(organization, identifier, kinds, accepts);
  if (!found) throw errors::entity_not_found(identifier, organization.id);
  return *std::move(found);
}

auto Context::user(const store::OrganizationHead& organization, std::string_view identifier, Accepts accepts) const
    -> store::Entity {
  return entity(organization, identifier, {store::EntityKind::User}, accepts);
}

auto Context::group(const store::OrganizationHead& organization, std::string_view identifier, Accepts accepts) const
    -> store::Entity {
  return entity(organization, identifier, {store::EntityKind::Group}, accepts);
}

auto Context::resource(const store::OrganizationHead& organization, std::string_view identifier, Accepts accepts) const
    -> store::Entity {
  return entity(organization, identifier, {store::EntityKind::Resource}, accepts);
}

}  // namespace workmail::api
