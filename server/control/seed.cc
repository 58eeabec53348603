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

// A state document that is larger is sent in pieces of this size, so that it delays other calls for milliseconds only.
constexpr std::size_t kPieceSize = std::size_t{64} * 1024;

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
