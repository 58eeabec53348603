// Where a reader of the server is: what is set, and what is there.
#include <algorithm>

#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/clock_answer.h"
#include "server/control/organization_path.h"
#include "server/control/plane.h"

namespace workmail::server::control {

void overview(Plane& plane, const Request& /*request*/, Reply& reply) {
  auto& service = plane.emulator.service;
  const auto& rules = plane.emulator.faults.rules();
  OverviewAnswer answer{
      .clock = clock_answer(service),
      .active_faults = std::count_if(rules.begin(), rules.end(), [](const FaultRule& rule) { return !rule.used_up(); }),
      .account = std::string(service.settings().account),
      .region = std::string(service.settings().region)};
  for (auto& place : store::places(service.store().connection))
    answer.places.push_back({std::move(place.account), std::move(place.region), place.organizations});
  write_answer(reply, answer);
}

void get_organization(Plane& plane, const Request& request, Reply& reply) {
  constexpr std::size_t kOrganization = 1;
  auto found = organization_by_id(plane.emulator.service.store(), named_in_path(request, kOrganization));
  write_answer(reply, OrganizationAnswer{.organization_id = std::move(found.id),
                                         .alias = std::move(found.alias),
                                         .account = std::move(found.account),
                                         .region = std::move(found.region)});
}

}  // namespace workmail::server::control
