// Checks the new content of a message for PutRawMessageContent.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// Why the content is rejected, as a sentence in UTF-8; empty if it is accepted. The content may be any bytes.
// `original` is the content that it replaces.
auto reason_to_reject(std::string_view content, std::string_view original) -> std::string;

}  // namespace workmail::api
