// The errors that an operation may return although AWS's model does not declare them for it. Any other undeclared error
// is a bug of this program, and becomes a 500.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "api/call/operation.h"
#include "generated/workmail/errors.h"

namespace workmail::api {

struct UndeclaredError {
  std::string_view operation;
  std::string_view error;
};

// Emulator: a directory that is read-only because of interoperability rejects changes of aliases with the error that
// UpdatePrimaryEmailAddress declares. SDKs report the code of an undeclared error like any other.
inline constexpr std::array<UndeclaredError, 2> kUndeclaredErrors{{
    {"CreateAlias", UnsupportedOperationException::kCode},
    {"DeleteAlias", UnsupportedOperationException::kCode},
}};

inline auto may_return(const Operation& operation, std::string_view error) -> bool {
  return operation.declares(error) ||
         std::any_of(kUndeclaredErrors.begin(), kUndeclaredErrors.end(),
                     [&](const UndeclaredError& row) { return row.operation == operation.name && row.error == error; });
}

}  // namespace workmail::api
