// The errors that the endpoints throw, and the texts that several of them share.
#pragma once

#include <string>

#include "generated/workmail/control_errors.h"

namespace workmail::server::control {

// The error for requests over --memory-limit.
inline auto no_memory(const std::string& what) -> Unavailable {
  return Unavailable("There is no memory left for " + what +
                     ": --memory-limit. Delete snapshots or fault rules, or try again later.");
}

}  // namespace workmail::server::control
