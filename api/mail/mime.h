// The parts of a message, with their nesting, types and file names (RFC 2045, RFC 2046). The input may be any bytes.
// Contents are not decoded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/mail/headers.h"

namespace workmail::api {

inline constexpr std::size_t kMaxParts = 10'000;
inline constexpr std::size_t kMaxPartDepth = 20;

struct Part {
  // In lower case; "text/plain" if the type is missing or invalid.
  std::string media_type;
  // The file name in UTF-8; empty if the part is not a file.
  std::string file_name;
  // False for a multipart without its final boundary.
  bool closed = true;
};

struct Parts {
  // The message itself first, then its parts in order. Includes the parts of a message/rfc822, unless it is encoded.
  std::vector<Part> parts;
  // Why some parts were not read; empty if all were.
  std::string_view limit;
};

// Reads each line once, independently of the nesting.
auto parts_of(std::string_view message) -> Parts;

}  // namespace workmail::api
