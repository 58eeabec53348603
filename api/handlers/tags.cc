// Tags of organizations, which are named by their ARN here.
#include <set>

#include "api/call/context.h"
#include "api/call/errors.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// AWS: service model and administrator guide, "Tagging an organization".
constexpr std::size_t kTagsPerOrganization = 50;

// The organization of this account and region that the ARN names.
auto organization_of(const Context& context, const std::string& arn) -> store::OrganizationHead {
  const std::string prefix =
      "arn:aws:workmail:" + std::string(context.region) + ":" + std::string(context.account) + ":organization/";
  if (!arn.starts_with(prefix)) throw errors::resource_not_found(arn);
  auto found = context.store.organizations.head(context.account, context.region, arn.substr(prefix.size()));
  if (!found) throw errors::resource_not_found(arn);
  return *std::move(found);
}

// AWS: which states matter is assumed; only TagResource declares an error for them (Q-tag-states).
auto taggable_organization(const Context& context, const std::string& arn) -> store::OrganizationHead {
  auto organization = organization_of(context, arn);
  const bool going = organization.state == store::OrganizationState::Deleting ||
                     organization.state == store::OrganizationState::Deleted;
  if (going && !context.any_organization_state) {
    throw errors::organization_not_active(organization.id, store::word(organization.state));
  }
  return organization;
}

auto living_organization(const Context& context, const std::string& arn) -> store::OrganizationHead {
  auto organization = organization_of(context, arn);
  if (organization.state == store::OrganizationState::Deleted) throw errors::resource_not_found(arn);
  return organization;
}

// AWS: both are assumed, after how tags of other services behave (Q-tag-keys).
void check_tags(const std::vector<Tag>& tags) {
  std::set<std::string_view> keys;
  for (const auto& tag : tags) {
    if (tag.key.starts_with("aws:")) throw errors::invalid_parameter("Tag keys can not begin with aws:");
    if (!keys.insert(tag.key).second) throw errors::invalid_parameter("Tag key " + tag.key + " is given twice");
  }
}

}  // namespace

auto TagResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = taggable_organization(context, input.resource_arn);
  check_tags(input.tags);
  for (const auto& tag : input.tags) context.store.tags.put(organization.number, tag.key, tag.value);
  if (context.store.tags.list(organization.number).size() > kTagsPerOrganization) {
    // The transaction also rolls back the tags that were already added.
    throw TooManyTagsException("Resource " + input.resource_arn + " can have at most " +
                               std::to_string(kTagsPerOrganization) + " tags");
  }
  return {};
}

auto UntagResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = living_organization(context, input.resource_arn);
  for (const auto& key : input.tag_keys) context.store.tags.remove(organization.number, key);
  return {};
}

auto ListTagsForResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = living_organization(context, input.resource_arn);
  Output output{.tags = std::vector<Tag>()};
  for (auto& tag : context.store.tags.list(organization.number)) {
    output.tags->push_back({.key = std::move(tag.key), .value = std::move(tag.value)});
  }
  return output;
}

}  // namespace workmail::api
