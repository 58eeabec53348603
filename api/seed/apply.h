// The steps of apply_seed(), one for each part of an organization. Each adds a part of the document to an existing
// organization, and rejects contradictions with the path of the wrong member.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/context.h"
#include "api/seed/seed.h"
#include "api/wire/codec.h"
#include "api/wire/error.h"
#include "generated/workmail/shapes.h"

namespace workmail::api {

// IAM Identity Center applications, which belong to accounts, not to organizations.
void apply_applications(Context& context, const SeedDocument& document);

// Users, groups and resources with their addresses, mailboxes, members, delegates and permissions.
void apply_entities(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                    const Path& path);

// Impersonation roles, access control rules, mobile device rules and overrides.
void apply_rules(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                 const Path& path);

// Tags, availability, retention, monitoring, identity provider, personal access tokens, export jobs.
void apply_configuration(Context& context, const store::OrganizationHead& organization,
                         const SeedOrganization& document, const Path& path);

// Email flow rules and messages.
void apply_mail(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                const Path& path);

// A context of the same account at the time `then`, or now. It can access organizations in every state.
auto at(const Context& context, std::optional<Time> then) -> Context;

// Whether the text has the form of an entity's identifier, which may belong to an entity that was removed.
auto is_entity_id(std::string_view text) -> bool;

// Sequential identifiers continue after the largest one in a document.
void count_past(Ids& ids, std::string_view identifier);

// The identifier in the document; without one, a new one from `make()`.
template <class Make>
auto given_or(const Context& context, const std::optional<std::string>& given, Make make) -> std::string {
  if (!given) return make();
  count_past(context.ids, *given);
  return *given;
}
auto given_or_uuid(const Context& context, const std::optional<std::string>& given) -> std::string;

// Runs `work`, and converts an error of the API to a RefusedSeed at `path`.
template <class Work>
auto refusing(const Path& path, Work work) {
  try {
    return work();
  } catch (const Error& error) {
    throw RefusedSeed(path.text(PathStyle::Plain), error.code(), error.message());
  }
}

// Calls `work(element, path)` for each element of an optional list.
template <class Element, class Work>
void for_each(const std::optional<std::vector<Element>>& list, const Path& path, Work work) {
  if (!list) return;
  for (std::size_t i = 0; i < list->size(); ++i) work((*list)[i], path.element(i));
}

}  // namespace workmail::api
