// The emulator that one program runs: the WorkMail API, and what is kept around it. The data path calls the API here,
// the control plane shows and changes it; neither reaches it through the other.
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
  std::map<std::string, std::string> options = {};    // in force, by flag; nothing secret
  std::size_t memory_limit = MemoryBudget::kDefault;  // for everything that clients make it keep or carry
  Snapshots snapshots = Snapshots();
  RequestMetrics request_metrics = RequestMetrics();
  MemoryBudget memory = MemoryBudget(memory_limit, snapshots, faults, journal);
};

}  // namespace workmail::server
