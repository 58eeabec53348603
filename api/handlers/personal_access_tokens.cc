// Personal access tokens: the API lists and deletes them, and returns their metadata.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_state.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// A token, as GetPersonalAccessTokenMetadata and ListPersonalAccessTokens return it.
template <class Shown>
auto to_api(store::PersonalAccessToken&& row) -> Shown {
  return {.personal_access_token_id = std::move(row.id),
          .user_id = std::move(row.user_id),
          .name = std::move(row.name),
          .date_created = row.created_at,
          .date_last_used = row.last_used_at,
          .expires_time = row.expires_at,
          .scopes = std::move(row.scopes)};
}

auto owner_number(const Context& context, const store::OrganizationHead& organization,
                  const std::optional<std::string>& identifier) -> std::optional<store::EntityNumber> {
  if (!identifier) return std::nullopt;
  const auto user = context.user(organization, *identifier);
  require(Use::ReadPersonalAccessTokens, organization, user);
  return user.number;
}

}  // namespace

auto ListPersonalAccessTokens::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto user = owner_number(context, organization, input.user_id);
  const Page page(context, kName, input);
  auto rows = context.store.personal_access_tokens.list(organization.number, user, page.after(), page.fetch());
  Output output{.next_token = page.next_token(rows),
                .personal_access_token_summaries = std::vector<PersonalAccessTokenSummary>()};
  for (auto& row : rows) {
    output.personal_access_token_summaries->push_back(to_api<PersonalAccessTokenSummary>(std::move(row)));
  }
  return output;
}

auto GetPersonalAccessTokenMetadata::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto token = context.store.personal_access_tokens.find(organization.number, input.personal_access_token_id);
  if (!token) throw errors::resource_not_found(input.personal_access_token_id);
  return to_api<Output>(*std::move(token));
}

auto DeletePersonalAccessToken::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: no error is declared for a token that does not exist.
  const auto token = context.store.personal_access_tokens.find(organization.number, input.personal_access_token_id);
  if (token) context.store.personal_access_tokens.remove(token->number);
  return {};
}

}  // namespace workmail::api
