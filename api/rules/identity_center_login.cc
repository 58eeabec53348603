#include "api/rules/identity_center_login.h"

#include "api/call/errors.h"
#include "api/rules/entity_rules.h"
#include "generated/workmail/shapes.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

auto follows(const StringRule& rule, std::string_view text) -> bool {
  return text.size() >= rule.min && text.size() <= rule.max && rule.pattern->matches(text);
}

}  // namespace

auto is_identity_provider_user_id(std::string_view text) -> bool {
  return follows(kIdentityProviderUserId, text);
}

auto is_identity_store_id(std::string_view text) -> bool {
  return follows(kIdentityProviderIdentityStoreId, text);
}

void log_in_by_identity_center(Context& context, const store::OrganizationHead& organization, const store::Entity& user,
                               const std::string& identity_provider_user_id, const std::string& identity_store_id) {
  if (!context.store.identity_providers.find(organization.number)) {
    throw errors::invalid_parameter("Organization " + organization.id + " has no identity provider configuration");
  }
  auto attributes = context.store.entities.user(user.number);
  const auto& before = attributes.identity_provider_user_id;
  if (before && !before->empty() && store::fold(*before) != store::fold(identity_provider_user_id)) {
    throw errors::invalid_parameter("User " + user.id + " is user " + *before + " of the identity provider");
  }
  check_identity_provider_user(context, organization, identity_provider_user_id, user.number);
  attributes.identity_provider_user_id = identity_provider_user_id;
  attributes.identity_provider_identity_store_id = identity_store_id;
  context.store.entities.set_user(user.number, attributes);
}

}  // namespace workmail::api
