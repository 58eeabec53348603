// What a message, the log and memory keep of a text that a client sent: all of a usual one, the beginning of a long
// one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/utf8.h"

namespace workmail::api {

// Longer than the model lets any value be, and any list, so that only what is surely meant otherwise is cut.
inline constexpr std::size_t kMaxValueShown = std::size_t{4} * 1024;
inline constexpr std::size_t kMaxListShown = std::size_t{32} * 1024;
// Names without a bound of the model: those of unknown members and operations.
inline constexpr std::size_t kMaxNameShown = 100;

// At most `most` bytes of UTF-8, without half of a code point at the end, and dots where something is missing.
inline auto excerpt(std::string_view text, std::size_t most) -> std::string {
  if (text.size() <= most) return std::string(text);
  return std::string(store::beginning(text, most)) + "...";
}

}  // namespace workmail::api
