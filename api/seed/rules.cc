#include "api/seed/apply.h"

namespace workmail::api {

void apply_rules(Context& /*context*/, const store::OrganizationHead& /*organization*/,
                 const SeedOrganization& /*document*/, const Path& /*path*/) {}

}  // namespace workmail::api
