// What PutRawMessageContent takes as the new content of a message.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// What is wrong with the content, as a sentence of UTF-8; empty when it is accepted. Any bytes can be given. `original`
// is the content that it replaces.
auto reason_to_reject(std::string_view content, std::string_view original) -> std::string;

}  // namespace workmail::api
