// Base64 (RFC 4648, section 4), in which documents have bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workmail::api {

auto to_base64(std::string_view bytes) -> std::string;

// Nothing for a text that to_base64() does not write.
auto from_base64(std::string_view text) -> std::optional<std::string>;

}  // namespace workmail::api
