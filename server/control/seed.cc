#include "api/seed/seed.h"

#include "server/control/plane.h"
#include "server/control/query.h"
#include "server/control/refusal.h"
#include "server/identity.h"
#include "server/seeding.h"

namespace workmail::server::control {

void seed(Plane& plane, const Request& request, Reply& reply) {
  Query(request).finish();
  try {
    reply.write(apply_document(plane.service, request.body));
  } catch (const api::MalformedSeed& error) {
    throw BadRequest(error.what());
  } catch (const api::RefusedSeed& error) {
    throw NotApplicable(error.what());
  }
}

void state(Plane& plane, const Request& request, Reply& reply) {
  Query parameters(request);
  const auto account = parameters.text("account").value_or("");
  const auto region = parameters.text("region").value_or("");
  const auto organization = parameters.text("organization").value_or("");
  if (!account.empty() && !is_account(account)) parameters.violation("account", "must be twelve digits");
  if (!region.empty() && !is_region(region)) parameters.violation("region", "must be a region such as eu-west-1");
  parameters.finish();

  const auto& settings = plane.service.settings();
  auto document =
      plane.service.read({.account = settings.account, .region = settings.region}, [&](api::Context& context) {
        return api::state_document(context, {.account = account, .region = region, .organization = organization});
      });
  const bool everything = account.empty() && region.empty() && organization.empty();
  if (everything) api::tell_clock(plane.service.clock(), document);
  reply.write(api::write_seed(document));
}

}  // namespace workmail::server::control
