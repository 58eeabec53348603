#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "api/rules/export_job_state.h"
#include "api/rules/identity_center_login.h"
#include "api/rules/organization_state.h"
#include "api/rules/personal_access_token.h"
#include "api/rules/user_rules.h"
#include "api/wire/error.h"
#include "server/control/json_request.h"
#include "server/control/plane.h"
#include "server/control/refusal.h"
#include "server/process/log.h"
#include "store/folding.h"

namespace workmail::server::control {

namespace {

// Ids are unique, so whose organization it is need not be said.
auto organization_by_id(store::Store& store, std::string_view id) -> store::Organization {
  auto organization = store.organizations.find_by_id(id);
  if (!organization) throw NotFound("There is no organization " + printable(id) + ".");
  return *std::move(organization);
}

// Runs the change as a call of the API runs: after what was due, in one transaction.
template <class Change>
void run(Plane& plane, Change change) {
  const auto& settings = plane.service.settings();
  plane.service.run({.account = settings.account, .region = settings.region}, change);
}

// The code points of a text in UTF-8.
auto characters(std::string_view text) -> std::size_t {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Of ownership and DKIM both, unless one is named.
void set_domain(Plane& plane, JsonRequest& input, std::string_view status) {
  const auto organization_id = input.required("organizationId", input.text("organizationId"));
  const auto name = input.required("domain", input.text("domain"));
  const auto verification = input.one_of("verification", {"ownership", "dkim"});
  input.finish();
  run(plane, [&](api::Context& context) {
    const auto organization = organization_by_id(context.store, organization_id);
    const auto domain = context.store.domains.find(organization.number, store::fold(name));
    if (!domain) throw NotFound("Organization " + organization.id + " has no domain " + printable(name) + ".");
    context.store.domains.set_status(domain->number, verification == "dkim" ? domain->ownership : status,
                                     verification == "ownership" ? domain->dkim : status);
  });
}

void domain_verified(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  set_domain(plane, input, "VERIFIED");
}
void domain_failed(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  set_domain(plane, input, "FAILED");
}
void domain_pending(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  set_domain(plane, input, "PENDING");
}

// The state stays until the next event or call: nothing follows it by itself.
void organization_state(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  const auto organization_id = input.required("organizationId", input.text("organizationId"));
  const auto state =
      input.required("state", input.one_of("state", {"Requested", "Creating", "Validating", "Active", "Failed",
                                                     "Impaired", "Inactive", "Deleting", "Deleted"}));
  const auto message = input.text("message");
  constexpr std::size_t kLongestMessage = 256;  // service model, ErrorMessage of DescribeOrganization
  if (message && characters(*message) > kLongestMessage) {
    input.violation("message", "must have at most 256 characters");
  }
  input.finish();
  run(plane, [&](api::Context& context) {
    store::Store& store = context.store;
    const auto organization = organization_by_id(store, organization_id);
    // Its alias and domains may be another's by now.
    if (organization.state == "Deleted") throw NotApplicable("Organization " + organization.id + " stays Deleted.");
    api::enter_state(store, organization, state, context.now, context.settings.pace);
    store.organizations.set_state(organization.number, state, std::nullopt);
    store.organizations.set_error_message(organization.number,
                                          message ? std::optional<std::string>(*message) : std::nullopt);
  });
}

// What an event is about is looked for in all organizations: `find(organization)` may answer it.
template <class Find>
auto find_anywhere(store::Store& store, std::string_view what, std::string_view id, Find find) {
  for (const auto& organization : store.organizations.all()) {
    if (auto found = find(organization)) return std::pair(organization, *std::move(found));
  }
  throw NotFound("There is no " + std::string(what) + " " + printable(id) + ".");
}

auto entity_by_id(store::Store& store, std::string_view id) {
  return find_anywhere(store, "user", id, [&](const store::Organization& organization) {
    auto entity = store.entities.find_by_id(organization.number, id);
    return entity && entity->kind == store::EntityKind::User ? entity : std::nullopt;
  });
}

// What a user does takes a mailbox that is open to the user.
void require_open_mailbox(store::Store& store, const store::Organization& organization, const store::Entity& user) {
  if (organization.state != "Active") {
    throw NotApplicable("Organization " + organization.id + " is " + organization.state + ".");
  }
  const auto mailbox = store.mailboxes.find(user.number);
  if (user.state == store::EntityState::Enabled && mailbox && !mailbox->deprovisioned_at) return;
  throw NotApplicable("User " + user.id + " has no mailbox that is in use.");
}

auto head_of(const store::Organization& organization) -> store::OrganizationHead {
  return {.number = organization.number, .id = organization.id, .state = organization.state};
}

// People read and write mail, which the API only sees as a size. That of a mailbox that is retained may be told, too,
// unless the user's mail is elsewhere.
void mailbox_used(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  const auto user_id = input.required("userId", input.text("userId"));
  const auto megabytes = input.required("megabytes", input.number("megabytes"));
  if (megabytes < 0) input.violation("megabytes", "must be 0 or more");
  input.finish();
  run(plane, [&](api::Context& context) {
    const auto [organization, user] = entity_by_id(context.store, user_id);
    const bool deleted = user.state == store::EntityState::Deleted;
    const auto mailbox = context.store.mailboxes.find(user.number);
    if (deleted || !mailbox) {
      throw NotApplicable("User " + user.id + (deleted ? " is DELETED." : " has no mailbox."));
    }
    const auto role = context.store.entities.user(user.number).role;
    if (!mailbox->in_use() && !api::role_has_mailbox(role)) {
      throw NotApplicable("User " + user.id + " is a " + role + ", whose mailbox is elsewhere.");
    }
    context.store.mailboxes.set_used(user.number, megabytes);
  });
}

// As names and scopes of tokens are in the service model.
auto is_token_text(std::string_view text, std::size_t longest) -> bool {
  const auto odd = [](unsigned char c) { return c < ' ' || c == '\x7f' || c == '<' || c == '>' || c == '\\'; };
  return !text.empty() && characters(text) <= longest && std::none_of(text.begin(), text.end(), odd);
}

// Made in the web application, which shows the token this once.
void personal_access_token_created(Plane& plane, JsonRequest& input, Reply& reply) {
  const auto user_id = input.required("userId", input.text("userId"));
  const auto name = input.required("name", input.text("name"));
  const auto scopes = input.texts("scopes");
  constexpr std::size_t kLongestName = 64;
  constexpr std::size_t kLongestScope = 256;
  constexpr std::size_t kMostScopes = 10;
  const auto is_scope = [](const std::string& scope) { return is_token_text(scope, kLongestScope); };
  if (input.present("name") && !is_token_text(name, kLongestName))
    input.violation("name", "must have 1 to 64 characters, no control characters, < > and \\");
  if (!input.present("scopes")) input.violation("scopes", "is missing");
  if (scopes.size() > kMostScopes || !std::all_of(scopes.begin(), scopes.end(), is_scope)) {
    input.violation("scopes", "must be up to ten of 1 to 256 characters, without control characters, < > and \\");
  }
  input.finish();
  run(plane, [&](api::Context& context) {
    const auto [organization, user] = entity_by_id(context.store, user_id);
    require_open_mailbox(context.store, organization, user);
    const auto made =
        api::create_personal_access_token(context, head_of(organization), user, std::string(name), scopes);
    api::Encoder json(reply.body());
    json.begin_object();
    json.member("\"id\":", made.id);
    json.member("\"token\":", made.token);
    json.end_object();
  });
}

void personal_access_token_used(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  const auto id = input.required("personalAccessTokenId", input.text("personalAccessTokenId"));
  input.finish();
  run(plane, [&](api::Context& context) {
    auto& tokens = context.store.personal_access_tokens;
    const auto [organization, token] =
        find_anywhere(context.store, "personal access token", id,
                      [&](const store::Organization& candidate) { return tokens.find(candidate.number, id); });
    require_open_mailbox(context.store, organization, context.store.entities.find(token.user).value());
    api::token_lifetime(context, head_of(organization));  // throws where tokens are turned off
    tokens.set_used(token.number, context.now);
  });
}

void identity_center_login(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  const auto user_id = input.required("userId", input.text("userId"));
  const auto provider_user = input.required("identityProviderUserId", input.text("identityProviderUserId"));
  const auto identity_store =
      input.required("identityProviderIdentityStoreId", input.text("identityProviderIdentityStoreId"));
  if (input.present("identityProviderUserId") && !api::is_identity_provider_user_id(provider_user)) {
    input.violation("identityProviderUserId", "must be a UUID, with ten digits and a dash before it or not");
  }
  if (input.present("identityProviderIdentityStoreId") && !api::is_identity_store_id(identity_store)) {
    input.violation("identityProviderIdentityStoreId", "must be the id of an identity store such as d-0123456789");
  }
  input.finish();
  run(plane, [&](api::Context& context) {
    const auto [organization, user] = entity_by_id(context.store, user_id);
    require_open_mailbox(context.store, organization, user);
    api::log_in_by_identity_center(context, head_of(organization), user, std::string(provider_user),
                                   std::string(identity_store));
  });
}

void end_job(Plane& plane, std::string_view id, std::string_view state, const std::optional<std::string>& reason) {
  run(plane, [&](api::Context& context) {
    auto& jobs = context.store.export_jobs;
    const auto [organization, job] =
        find_anywhere(context.store, "mailbox export job", id,
                      [&](const store::Organization& candidate) { return jobs.find(candidate.number, id); });
    if (job.state != api::kRunning) throw NotApplicable("Mailbox export job " + job.id + " is " + job.state + ".");
    jobs.end(job.number, state, reason, context.now);
  });
}

void export_job_completed(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  const auto id = input.required("jobId", input.text("jobId"));
  input.finish();
  end_job(plane, id, api::kCompleted, std::nullopt);
}

void export_job_failed(Plane& plane, JsonRequest& input, Reply& /*reply*/) {
  const auto id = input.required("jobId", input.text("jobId"));
  const auto reason = input.text("reason").value_or("The export failed.");
  constexpr std::size_t kLongestReason = 1024;  // service model, MailboxExportErrorInfo
  if (reason.empty() || characters(reason) > kLongestReason) {
    input.violation("reason", "must have 1 to 1024 characters");
  }
  input.finish();
  end_job(plane, id, api::kFailed, std::string(reason));
}

struct Event {
  std::string_view name;
  void (*happen)(Plane& plane, JsonRequest& input, Reply& reply);
};

constexpr std::array<Event, 10> kEvents{{{"domainVerified", domain_verified},
                                         {"domainFailed", domain_failed},
                                         {"domainPending", domain_pending},
                                         {"organizationState", organization_state},
                                         {"mailboxUsed", mailbox_used},
                                         {"personalAccessTokenCreated", personal_access_token_created},
                                         {"personalAccessTokenUsed", personal_access_token_used},
                                         {"identityCenterLogin", identity_center_login},
                                         {"exportJobCompleted", export_job_completed},
                                         {"exportJobFailed", export_job_failed}}};

// What the API would refuse of a person, it refuses here as well.
void happen(const Event& event, Plane& plane, JsonRequest& input, Reply& reply) {
  try {
    event.happen(plane, input, reply);
  } catch (const api::Error& error) {
    throw NotApplicable(std::string(error.code()) + ": " + error.message());
  }
  if (reply.content().empty()) reply.write("{}");
}

}  // namespace

void simulate(Plane& plane, const Request& request, Reply& reply) {
  JsonRequest input(request.body);
  const auto name = input.required("event", input.text("event"));
  std::string known;
  for (const auto& event : kEvents) {
    if (event.name == name) {
      return happen(event, plane, input, reply);
    }
    known.append(known.empty() ? "" : " ").append(event.name);
  }
  // The other members depend on the event, so only this one is judged.
  throw BadRequest("event: must be one of " + known);
}

}  // namespace workmail::server::control
