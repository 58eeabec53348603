// The emulator: the WorkMail API, and everything that AWS does not have, such as faults and the journal. API requests
// and the control plane both use it, independently of each other.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "api/service.h"
#include "server/emulator/faults.h"
#include "server/emulator/journal.h"
#include "server/emulator/memory_budget.h"
#include "server/emulator/request_metrics.h"
#include "server/emulator/snapshots.h"

namespace workmail::server {

struct Emulator {
  api::Service& service;
  std::string_view storage;  // "memory" or "file"
  std::chrono::steady_clock::time_point started;
  Journal journal = Journal(kDefaultJournal);
  Faults faults = Faults(true_chance);
  std::map<std::string, std::string> options = {};    // effective values by flag, without secrets
  std::size_t memory_limit = MemoryBudget::kDefault;  // for everything that clients make the server keep or transfer
  Snapshots snapshots = Snapshots();
  RequestMetrics request_metrics = RequestMetrics();
  MemoryBudget memory = MemoryBudget(memory_limit, snapshots, faults, journal);
};

}  // namespace workmail::server
