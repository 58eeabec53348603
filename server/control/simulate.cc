#include <array>

#include "api/organization_state.h"
#include "server/control/json_request.h"
#include "server/control/plane.h"
#include "server/control/refusal.h"
#include "server/log.h"
#include "store/folding.h"

namespace workmail::server::control {

namespace {

// Ids are unique, so whose organization it is need not be said.
auto organization_by_id(store::Store& store, std::string_view id) -> store::Organization {
  auto organization = store.organizations.find_by_id(id);
  if (!organization) throw NotFound("There is no organization " + printable(id) + ".");
  return *std::move(organization);
}

// Runs the change as a call of the API runs: after what was due, in one transaction.
template <class Change>
void run(Plane& plane, Change change) {
  const auto& settings = plane.service.settings();
  plane.service.run({.account = settings.account, .region = settings.region}, change);
}

void set_domain(Plane& plane, JsonRequest& input, std::string_view status) {
  const auto organization_id = input.required("organizationId", input.text("organizationId"));
  const auto name = input.required("domain", input.text("domain"));
  input.finish();
  run(plane, [&](api::Context& context) {
    const auto organization = organization_by_id(context.store, organization_id);
    const auto domain = context.store.domains.find(organization.number, store::fold(name));
    if (!domain) throw NotFound("Organization " + organization.id + " has no domain " + printable(name) + ".");
    context.store.domains.set_status(domain->number, status, status);
  });
}

void domain_verified(Plane& plane, JsonRequest& input) {
  set_domain(plane, input, "VERIFIED");
}
void domain_failed(Plane& plane, JsonRequest& input) {
  set_domain(plane, input, "FAILED");
}
void domain_pending(Plane& plane, JsonRequest& input) {
  set_domain(plane, input, "PENDING");
}

// The state stays until the next event or call: nothing follows it by itself.
void organization_state(Plane& plane, JsonRequest& input) {
  const auto organization_id = input.required("organizationId", input.text("organizationId"));
  const auto state =
      input.required("state", input.one_of("state", {"Requested", "Creating", "Validating", "Active", "Failed",
                                                     "Impaired", "Inactive", "Deleting", "Deleted"}));
  const auto message = input.text("message");
  input.finish();
  run(plane, [&](api::Context& context) {
    store::Store& store = context.store;
    const auto organization = organization_by_id(store, organization_id);
    api::enter_state(store, organization, state, context.now, context.settings.pace);
    store.organizations.set_state(organization.number, state, std::nullopt);
    store.organizations.set_error_message(organization.number,
                                          message ? std::optional<std::string>(*message) : std::nullopt);
  });
}

struct Event {
  std::string_view name;
  void (*happen)(Plane& plane, JsonRequest& input);
};

constexpr std::array<Event, 4> kEvents{{{"domainVerified", domain_verified},
                                        {"domainFailed", domain_failed},
                                        {"domainPending", domain_pending},
                                        {"organizationState", organization_state}}};

}  // namespace

void simulate(Plane& plane, const Request& request, Reply& reply) {
  JsonRequest input(request.body);
  const auto name = input.required("event", input.text("event"));
  std::string known;
  for (const auto& event : kEvents) {
    if (event.name == name) {
      event.happen(plane, input);
      return reply.write("{}");
    }
    known.append(known.empty() ? "" : " ").append(event.name);
  }
  // The other members depend on the event, so only this one is judged.
  throw BadRequest("event: must be one of " + known);
}

}  // namespace workmail::server::control
