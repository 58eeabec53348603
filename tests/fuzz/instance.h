// A service in memory with a frozen clock and sequential identifiers, so that inputs are reproducible.
#pragma once

#include <iostream>
#include <string>

#include "api/service.h"

namespace workmail::fuzz {

struct Instance {
  // Empty, which is also what Baseline::reset() goes back to.
  Instance() { service.baseline().mark(); }

  // 2026-01-01T00:00:00Z.
  static constexpr Time kStart{Duration(1767225600000)};

  // Everything that is stored, as the control plane exports it.
  auto state() -> std::string;

  store::Store store{""};
  api::Clock clock{[] { return kStart; }};
  api::Ids ids{api::Ids::Mode::Sequential};
  api::Service service{store, clock, ids, {}, [](const std::string& failure) { std::cerr << failure << '\n'; }};
};

}  // namespace workmail::fuzz
