// Base64 (RFC 4648, section 4), for bytes in documents and mail headers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workmail::api {

auto to_base64(std::string_view bytes) -> std::string;

// Accepts only what to_base64() writes; nothing for any other text.
auto from_base64(std::string_view text) -> std::optional<std::string>;

// Accepts missing padding and any unused bits at the end; nothing for a text with other characters or an impossible
// length.
auto from_loose_base64(std::string_view text) -> std::optional<std::string>;

}  // namespace workmail::api
