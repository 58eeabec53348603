// Writes an entry of the journal for the control plane: without secrets, with the bodies as JSON.
#pragma once

#include <string>

#include "server/emulator/journal.h"

namespace workmail::server::control {

// Appends the entry as a JSON object in one line.
void write_entry(const JournalEntry& entry, std::string& out);

}  // namespace workmail::server::control
