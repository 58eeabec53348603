#include "tests/fuzz/instance.h"

#include "api/seed/seed.h"

namespace workmail::fuzz {

auto Instance::state() -> std::string {
  const auto& settings = service.settings();
  return service.read({.account = settings.account, .region = settings.region}, [&](api::Context& context) {
    api::StateWriter writer({});
    std::string text;
    while (writer.append(context, clock, 1, text)) continue;
    return text;
  });
}

}  // namespace workmail::fuzz
