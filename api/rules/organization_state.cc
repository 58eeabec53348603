#include "api/rules/organization_state.h"

#include <array>
#include <optional>

#include "api/wire/time_text.h"

namespace workmail::api {

namespace {

using store::OrganizationState;

struct Step {
  OrganizationState state;
  OrganizationState next;
  int share;  // the divisor of the pace that gives the duration of the state
};

// AWS: Requested and Creating are observed during creation, Deleting during deletion; Validating is only documented.
constexpr std::array<Step, 3> kSteps{{{OrganizationState::Requested, OrganizationState::Creating, 2},
                                      {OrganizationState::Creating, OrganizationState::Active, 2},
                                      {OrganizationState::Deleting, OrganizationState::Deleted, 1}}};

auto step_of(OrganizationState state) -> const Step* {
  for (const auto& step : kSteps) {
    if (step.state == state) return &step;
  }
  return nullptr;
}

// Directory ids have the same form in every organization.
auto unused_id(store::Store& store) -> std::string {
  constexpr std::size_t kDigits = 32;
  std::string id = "m-" + std::string(kDigits, '0');
  for (int number = 1; store.organizations.find_by_id(id); ++number) {
    const auto digits = std::to_string(number);
    id.replace(id.size() - digits.size(), digits.size(), digits);
  }
  return id;
}

// Removes everything in the organization except a directory that it keeps.
void empty(store::Store& store, const store::Organization& organization) {
  if (!organization.directory_kept) return store.organizations.clear(organization.number);
  // The directory is moved away and back, so that everything else is deleted at once and no table can be forgotten.
  auto elsewhere = organization;
  elsewhere.id = unused_id(store);
  elsewhere.next_state_at.reset();
  elsewhere.number = store.organizations.add(elsewhere);
  store.directories.forget_registrations(organization.number);
  store.directories.move({.from = organization.number, .to = elsewhere.number});
  store.organizations.clear(organization.number);
  store.directories.move({.from = elsewhere.number, .to = organization.number});
  store.organizations.remove(elsewhere.number);
}

}  // namespace

auto next_state(OrganizationState state) -> OrganizationState {
  const Step* step = step_of(state);
  return step != nullptr ? step->next : state;
}

void enter_state(store::Store& store, const store::Organization& organization, OrganizationState state, Time at,
                 Duration pace) {
  const Step* step = step_of(state);
  const auto next_at = step != nullptr ? std::optional<Time>(later(at, pace / step->share)) : std::nullopt;
  store.organizations.set_state(organization.number, state, next_at);
  if (state == OrganizationState::Active && !organization.completed_at)
    store.organizations.set_completed(organization.number, at);
  if (state == OrganizationState::Deleted) empty(store, organization);
}

}  // namespace workmail::api
