#include "api/mail/email_flow_rules.h"

#include <string>
#include <vector>

#include "api/mail/flow_matching.h"
#include "api/wire/error.h"
#include "api/wire/json_text.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/codec.h"
#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/organization_path.h"
#include "server/control/plane.h"
#include "store/text.h"

namespace workmail::server::control {

namespace {

constexpr std::size_t kName = 3;  // segment of the path

auto require_rule(api::Context& context, const store::OrganizationHead& organization, const std::string& name)
    -> store::EmailFlowRule {
  auto rule = context.store.email_flow_rules.find(organization.number, name);
  if (!rule) throw NotFound("Organization " + organization.id + " has no email flow rule " + printable(name) + ".");
  return *std::move(rule);
}

auto decoded(const rapidjson::Document& document) -> api::SeedEmailFlowRule {
  api::Decoder decoder(api::UnknownMembers::Violations, api::PathStyle::Plain);
  api::SeedEmailFlowRule rule;
  try {
    api::decode(decoder, document, api::Path(), rule);
  } catch (const api::SerializationException& error) {
    throw BadRequest(error.message());
  }
  const auto violations = decoder.violations();
  if (!violations.empty()) throw BadRequest(store::joined(violations, "; "));
  return rule;
}

// The rule in the body, with the name in the path.
auto read_rule(std::string& body, const std::string& name) -> store::EmailFlowRule {
  const JsonBody json(body);
  rapidjson::Document document;
  document.CopyFrom(json.object(), document.GetAllocator());
  if (!document.HasMember("Name"))
    document.AddMember(
        "Name", rapidjson::Value(name.data(), static_cast<rapidjson::SizeType>(name.size()), document.GetAllocator()),
        document.GetAllocator());
  const auto rule = decoded(document);
  if (rule.name != name) throw BadRequest("Name: must be the name in the path, " + printable(name));
  return api::to_store(rule);
}

}  // namespace

void list_email_flow_rules(Plane& plane, const Request& request, Reply& reply) {
  std::vector<api::SeedEmailFlowRule> rules;
  run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
    for (const auto& rule : context.store.email_flow_rules.list(organization.number))
      rules.push_back(api::to_api(rule));
  });
  api::Encoder encoder(reply.body(), false, api::TimeFormat::Rfc3339);
  encoder.begin_object();
  encoder.member("\"EmailFlowRules\":", rules);
  encoder.end_object();
}

void test_email_flow_rules(Plane& plane, const Request& request, Reply& reply) {
  const auto input = read_input<TestEmailFlowRulesInput>(request.body);
  TestEmailFlowRulesAnswer answer{.action = MessageAction::Default};
  run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
    const auto rules = context.store.email_flow_rules.list(organization.number);
    const auto* rule = api::find_rule(rules, api::same_word<store::FlowDirection>(input.direction),
                                      {.sender_header = {}, .from = input.sender}, input.recipient);
    if (rule == nullptr) return;
    answer.rule = rule->name;
    answer.action = api::same_word<MessageAction>(rule->action);
  });
  write_answer(reply, answer);
}

void get_email_flow_rule(Plane& plane, const Request& request, Reply& reply) {
  const auto name = named_in_path(request, kName);
  const auto rule =
      run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
        return require_rule(context, organization, name);
      });
  write_answer(reply, api::to_api(rule));
}

void put_email_flow_rule(Plane& plane, const Request& request, Reply& reply) {
  const auto rule = read_rule(request.body, named_in_path(request, kName));
  bool replaces = false;
  try {
    run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
      replaces = context.store.email_flow_rules.find(organization.number, rule.name).has_value();
      api::put_email_flow_rule(context, organization, rule);
    });
  } catch (const api::Error& error) {
    throw NotApplicable(error.message() + ".");
  }
  reply.status = replaces ? 200 : 201;
  write_answer(reply, api::to_api(rule));
}

void delete_email_flow_rule(Plane& plane, const Request& request, Reply& reply) {
  const auto name = named_in_path(request, kName);
  run_in_organization(plane, request, [&](api::Context& context, const store::OrganizationHead& organization) {
    require_rule(context, organization, name);
    context.store.email_flow_rules.remove(organization.number, name);
  });
  write_answer(reply, Empty());
}

}  // namespace workmail::server::control
