// The DNS records that AWS asks the owner of a mail domain to create.
#pragma once

#include <string_view>
#include <vector>

#include "generated/workmail/shapes.h"

namespace workmail::api {

// Depends only on the domain, in lower case, and the region.
auto dns_records(std::string_view domain, std::string_view region) -> std::vector<DnsRecord>;

}  // namespace workmail::api
