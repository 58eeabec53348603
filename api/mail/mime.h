// The parts of a message: how they are nested, what they are and how they are called (RFC 2045, RFC 2046). Any bytes
// can be given. Contents are not decoded.
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
  // In lower case: "text/plain" where none is named, or what is named cannot be one.
  std::string media_type;
  // In UTF-8; empty when the part is no file.
  std::string file_name;
  // False for a multipart without its final boundary.
  bool closed = true;
};

struct Parts {
  // The message itself first, then what it holds, in the order of the message. What a message/rfc822 holds is among
  // them, unless it is encoded.
  std::vector<Part> parts;
  // Why not all were read; empty when they were.
  std::string_view limit;
};

// Each line is read once, however deep the parts are nested.
auto parts_of(std::string_view message) -> Parts;

}  // namespace workmail::api
