#include "api/rules/entity_state.h"

#include <stdexcept>

#include "api/call/errors.h"

namespace workmail::api {

auto situation(const store::Entity& entity) -> Situation {
  if (entity.state == store::EntityState::Deleted) return Situation::Deleted;
  if (entity.state == store::EntityState::Enabled) return Situation::Enabled;
  return entity.disabled_at ? Situation::Deregistered : Situation::NeverRegistered;
}

auto state_name(store::EntityState state) -> std::string_view {
  if (state == store::EntityState::Deleted) return "DELETED";
  return state == store::EntityState::Enabled ? "ENABLED" : "DISABLED";
}

auto may(Use use, const store::OrganizationHead& organization, const store::Entity& entity) -> bool {
  switch (verdict(use, situation(entity))) {
    case Verdict::Allowed:
      return true;
    case Verdict::NoChange:
      return false;
    case Verdict::NotFound:
      throw errors::entity_not_found(entity.id, organization.id);
    case Verdict::State:
      break;
  }
  const bool needs_enabled = verdict(use, Situation::Enabled) == Verdict::Allowed;
  const bool takes_any_living = verdict(use, Situation::NeverRegistered) == Verdict::Allowed && needs_enabled;
  const std::string_view expected = takes_any_living ? "ENABLED or DISABLED" : needs_enabled ? "ENABLED" : "DISABLED";
  throw errors::entity_state(entity.id, state_name(entity.state), expected);
}

void require(Use use, const store::OrganizationHead& organization, const store::Entity& entity) {
  if (!may(use, organization, entity)) throw std::logic_error("a use without effect needs may()");
}

}  // namespace workmail::api
