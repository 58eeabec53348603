// The header x-amzn-RequestId, which every response of the WorkMail API has. api/call/ids creates the identifiers.
#pragma once

#include <string_view>

#include "server/http/reply.h"

namespace workmail::server {

inline constexpr std::string_view kRequestIdHeader = "x-amzn-RequestId";

inline void add_request_id(Reply& reply, std::string_view request_id) {
  reply.add_field(kRequestIdHeader, request_id);
}

}  // namespace workmail::server
