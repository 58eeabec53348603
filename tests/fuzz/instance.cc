#include "tests/fuzz/instance.h"

#include "api/seed/seed.h"

namespace workmail::fuzz {

auto Instance::state() -> std::string {
  const auto& settings = service.settings();
  auto document = service.run({.account = settings.account, .region = settings.region},
                              [](api::Context& context) { return api::state_document(context, {}); });
  api::tell_clock(clock, document);
  return api::write_seed(document);
}

}  // namespace workmail::fuzz
