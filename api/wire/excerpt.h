// Cuts long texts from clients, before they go into a message, the log or memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/utf8.h"

namespace workmail::api {

// Longer than any value and any list of the model, so that valid values are never cut.
inline constexpr std::size_t kMaxValueShown = std::size_t{4} * 1024;
inline constexpr std::size_t kMaxListShown = std::size_t{32} * 1024;
// For names that the model does not limit: those of unknown members and operations.
inline constexpr std::size_t kMaxNameShown = 100;

// At most `most` bytes of UTF-8, cut between code points; ends with dots if it was cut.
inline auto excerpt(std::string_view text, std::size_t most) -> std::string {
  if (text.size() <= most) return std::string(text);
  return std::string(store::beginning(text, most)) + "...";
}

}  // namespace workmail::api
