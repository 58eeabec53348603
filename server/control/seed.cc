#include "api/seed/seed.h"

#include <memory>
#include <stdexcept>
#include <utility>

#include "generated/workmail/control_shapes.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/plane.h"
#include "server/emulator/seeding.h"

namespace workmail::server::control {

namespace {

// A larger state document is sent in pieces of this size, so that it delays other calls only for milliseconds.
constexpr std::size_t kPieceSize = std::size_t{64} * 1024;

void require_organization(Plane& plane, const api::StateFilter& filter) {
  if (filter.organization.empty()) return;
  auto& service = plane.emulator.service;
  const auto& settings = service.settings();
  const bool there = service.read({.account = settings.account, .region = settings.region}, [&](api::Context& context) {
    return context.store.organizations.next({}, filter.account, filter.region, filter.organization).has_value();
  });
  if (!there) throw NotFound("There is no organization " + filter.organization + ".");
}

}  // namespace

void seed(Plane& plane, const Request& request, Reply& reply) {
  read_query<NoParameters>(request.query);
  try {
    reply.write(apply_document(plane.emulator.service, request.body));
  } catch (const api::MalformedSeed& error) {
    throw BadRequest(error.message());
  } catch (const api::RefusedSeed& error) {
    throw NotApplicable(error.message());
  }
}

void state(Plane& plane, const Request& request, Reply& reply) {
  const auto parameters = read_query<StateParameters>(request.query);
  const api::StateFilter filter{.account = parameters.account.value_or(""),
                                .region = parameters.region.value_or(""),
                                .organization = parameters.organization.value_or("")};

  require_organization(plane, filter);

  auto next = [&plane, writer = api::StateWriter(filter),
               restored = plane.emulator.service.baseline().restored()](std::string& piece) mutable {
    if (plane.emulator.service.baseline().restored() != restored)
      throw std::runtime_error("The data was replaced while it was read.");
    plane.emulator.service.commit();
    const auto& settings = plane.emulator.service.settings();
    return plane.emulator.service.read(
        {.account = settings.account, .region = settings.region}, [&](api::Context& context) {
          return writer.append(context, plane.emulator.service.clock(), kPieceSize, piece);
        });
  };
  const bool more = next(reply.body());
  if (more) reply.pieces = std::make_unique<PiecedBody>(PiecedBody{.next = std::move(next)});
}

}  // namespace workmail::server::control
