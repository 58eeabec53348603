// The header x-amzn-RequestId, which every answer of the WorkMail API has. The identifiers are made by api/call/ids.
#pragma once

#include <string_view>

#include "server/http/reply.h"

namespace workmail::server {

inline constexpr std::string_view kRequestIdHeader = "x-amzn-RequestId";

inline void add_request_id(Reply& reply, std::string_view request_id) {
  reply.add_field(kRequestIdHeader, request_id);
}

}  // namespace workmail::server
