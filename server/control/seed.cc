#include "api/seed/seed.h"

#include <memory>
#include <stdexcept>
#include <utility>

#include "server/control/plane.h"
#include "server/control/query.h"
#include "server/control/refusal.h"
#include "server/emulator/seeding.h"
#include "server/identity/identity.h"

namespace workmail::server::control {

namespace {

// A state document that is larger is sent in pieces of this size, so that it delays other calls for milliseconds only.
constexpr std::size_t kPieceSize = std::size_t{64} * 1024;

}  // namespace

void seed(Plane& plane, const Request& request, Reply& reply) {
  Query(request).finish();
  try {
    reply.write(apply_document(plane.service, request.body));
  } catch (const api::MalformedSeed& error) {
    throw BadRequest(error.message());
  } catch (const api::RefusedSeed& error) {
    throw NotApplicable(error.message());
  }
}

void state(Plane& plane, const Request& request, Reply& reply) {
  Query parameters(request);
  const std::string account(parameters.text("account").value_or(""));
  const std::string region(parameters.text("region").value_or(""));
  const std::string organization(parameters.text("organization").value_or(""));
  if (!account.empty() && !is_account(account)) parameters.violation("account", "must be twelve digits");
  if (!region.empty() && !is_region(region)) parameters.violation("region", "must be a region such as eu-west-1");
  parameters.finish();

  auto next = [&plane, writer = api::StateWriter({account, region, organization}),
               restored = plane.service.restored()](std::string& piece) mutable {
    if (plane.service.restored() != restored) throw std::runtime_error("The data was replaced while it was read.");
    plane.service.commit();
    const auto& settings = plane.service.settings();
    return plane.service.read({.account = settings.account, .region = settings.region}, [&](api::Context& context) {
      return writer.append(context, plane.service.clock(), kPieceSize, piece);
    });
  };
  const bool more = next(reply.body());
  if (more) reply.pieces = std::make_unique<PiecedBody>(PiecedBody{.next = std::move(next)});
}

}  // namespace workmail::server::control
