// The organization in a path: /organizations/{organization}/….
#pragma once

#include <string>

#include "api/wire/percent_encoding.h"
#include "server/control/errors.h"
#include "server/control/plane.h"
#include "server/process/log.h"
#include "store/store.h"

namespace workmail::server::control {

// A segment of the path, decoded.
inline auto named_in_path(const Request& request, std::size_t index) -> std::string {
  return api::percent_decoded(path_segment(request, index));
}

// Ids are unique, so the account and region of the organization are not needed. Throws NotFound.
inline auto organization_by_id(store::Store& store, std::string_view id) -> store::Organization {
  auto organization = store.organizations.find_by_id(id);
  if (!organization) throw NotFound("There is no organization " + printable(id) + ".");
  return *std::move(organization);
}

// Runs `work(context, head)` for the organization in the path, like a call of its account and region: after the
// scheduled events, in one transaction.
template <class Work>
auto run_in_organization(Plane& plane, const Request& request, Work work) {
  constexpr std::size_t kOrganization = 1;
  const auto id = named_in_path(request, kOrganization);
  auto& service = plane.emulator.service;
  const auto found = organization_by_id(service.store(), id);
  return service.run({.account = found.account, .region = found.region}, [&](api::Context& context) {
    const auto organization = organization_by_id(context.store, id);
    if (organization.state == store::OrganizationState::Deleted)
      throw NotFound("Organization " + printable(id) + " is Deleted.");
    return work(context, store::OrganizationHead{organization.number, organization.id, organization.state});
  });
}

}  // namespace workmail::server::control
