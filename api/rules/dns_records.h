// The DNS records that AWS asks the owner of a mail domain to make.
#pragma once

#include <string_view>
#include <vector>

#include "generated/workmail/shapes.h"

namespace workmail::api {

// Always the same for the same domain and region. `domain` is in lower case.
auto dns_records(std::string_view domain, std::string_view region) -> std::vector<DnsRecord>;

}  // namespace workmail::api
