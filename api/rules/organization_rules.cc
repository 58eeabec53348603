#include "api/rules/organization_rules.h"

#include "api/call/errors.h"

namespace workmail::api {

namespace {

// AWS: administrator guide, "Limits"; that deleted ones are not counted is assumed (Q-organization-limit).
constexpr int kOrganizationsPerAccount = 100;

}  // namespace

void check_alias_free(const Context& context, std::string_view alias) {
  if (context.store.organizations.alias_in_use(alias)) throw errors::name_not_available(alias);
}

void check_directory_free(const Context& context, std::string_view directory_id) {
  if (!context.store.organizations.directory_in_use(directory_id)) return;
  throw DirectoryInUseException("Directory " + std::string(directory_id) + " is in use by another organization");
}

auto new_directory_id(Context& context) -> std::string {
  auto& organizations = context.store.organizations;
  for (;;) {
    std::string id = context.ids.directory(context.region);
    if (!organizations.directory_in_use(id) && !organizations.find_by_directory(context.account, context.region, id)) {
      return id;
    }
  }
}

// AWS: users, groups and resources are then managed in Exchange, and WorkMail only enables and disables users and
// groups (administrator guide, "Interoperability").
void check_directory_writable(const store::OrganizationHead& organization) {
  if (!organization.interoperability) return;
  throw UnsupportedOperationException("The directory of organization " + organization.id +
                                      " is read-only while interoperability is enabled");
}

void check_room_for_organization(const Context& context, std::string_view account, std::string_view region) {
  if (context.store.organizations.count(account, region) < kOrganizationsPerAccount) return;
  throw errors::limit_exceeded(kOrganizationsPerAccount, "organizations");
}

}  // namespace workmail::api
