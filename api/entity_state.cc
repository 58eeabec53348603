#include "api/entity_state.h"

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

}  // namespace workmail::api
