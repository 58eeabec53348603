#include "api/organization_state.h"

#include <array>
#include <optional>

#include "api/time_text.h"

namespace workmail::api {

namespace {

struct Step {
  std::string_view state;
  std::string_view next;
  int share;  // of the pace, as a divisor: how long the state lasts
};

// AWS: Requested and Creating are observed while an organization is made, Deleting while it goes; Validating is only
// documented and nobody has seen it.
constexpr std::array<Step, 3> kSteps{
    {{"Requested", "Creating", 2}, {"Creating", "Active", 2}, {"Deleting", "Deleted", 1}}};

auto step_of(std::string_view state) -> const Step* {
  for (const auto& step : kSteps) {
    if (step.state == state) return &step;
  }
  return nullptr;
}

}  // namespace

auto next_state(std::string_view state) -> std::string_view {
  const Step* step = step_of(state);
  return step != nullptr ? step->next : state;
}

void enter_state(store::Store& store, const store::Organization& organization, std::string_view state, Time at,
                 Duration pace) {
  const Step* step = step_of(state);
  const auto next_at = step != nullptr ? std::optional<Time>(later(at, pace / step->share)) : std::nullopt;
  store.organizations.set_state(organization.number, state, next_at);
  if (state == "Active" && !organization.completed_at) store.organizations.set_completed(organization.number, at);
  if (state == "Deleted") store.organizations.clear(organization.number);
}

}  // namespace workmail::api
