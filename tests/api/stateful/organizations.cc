#include "tests/api/stateful/call.h"

namespace workmail::test::stateful {

auto Call::create_organization() -> std::string {
  for (const auto& other : all.organizations_) {
    if (other.state != "Deleted" && same(other.alias, text("Alias"))) refuse("NameAvailability");
  }
  const std::string test_domain = fold(text("Alias")) + ".awsapps.com";
  all.organizations_.push_back({.account = account,
                                .region = region,
                                .id = made,
                                .alias = text("Alias"),
                                .completed = all.now_,
                                .default_domain = test_domain,
                                .domains = {{test_domain, true, true}},
                                .entities = {}});
  return Object().text("OrganizationId", made).json();
}

auto Call::delete_organization() -> std::string {
  const bool used =
      any_of(organization->entities, [](const Entity& e) { return e.kind == 'U' && e.state == "ENABLED"; });
  if (used && !flag("ForceDelete")) refuse("OrganizationState");
  organization->state = "Deleting";
  return Object().text("OrganizationId", organization->id).text("State", "Deleting").json();
}

auto Call::describe_organization() -> std::string {
  const auto& o = *organization;
  return Object()
      .text("OrganizationId", o.id)
      .text("Alias", o.alias)
      .text("State", o.state)
      .text("DefaultMailDomain", o.default_domain)
      .text("DirectoryType", "VpcDirectory")
      .text("ARN", "arn:aws:workmail:" + o.region + ":" + o.account + ":organization/" + o.id)
      .flag("InteroperabilityEnabled", false)
      .date_if_any("CompletedDate", o.completed)
      .json();
}

auto Call::list_organizations() -> std::string {
  std::vector<std::string> found;
  for (const auto& o : all.organizations_) {
    if (o.account != account || o.region != region) continue;
    found.push_back(Object()
                        .text("OrganizationId", o.id)
                        .text("Alias", o.alias)
                        .text("DefaultMailDomain", o.default_domain)
                        .text("State", o.state)
                        .json());
  }
  return list("OrganizationSummaries", found);
}

auto Call::register_mail_domain() -> std::string {
  const std::string name = fold(text("DomainName"));
  if (domain(name) != nullptr) return "{}";
  for (const auto& other : all.organizations_) {
    if (other.state == "Deleted") continue;
    const bool near = other.account == account && other.region == region;
    if (any_of(other.domains, [&](const Domain& d) { return d.name == name && (near || d.is_test); }))
      refuse("MailDomainInUse");
  }
  if (name.find('.') == std::string::npos || ends_with(name, ".awsapps.com")) refuse("InvalidParameter");
  organization->domains.push_back({name, false, all.domains_become_verified_});
  return "{}";
}

auto Call::deregister_mail_domain() -> std::string {
  const auto* found = domain(text("DomainName"));
  if (found == nullptr) return "{}";
  const std::string name = found->name;
  if (found->is_test || name == organization->default_domain) refuse("MailDomainInUse");
  const auto is_in_it = [&](const std::string& address) { return ends_with(fold(address), "@" + name); };
  if (any_of(organization->entities, [&](const Entity& e) { return any_of(e.addresses, is_in_it); }))
    refuse("MailDomainInUse");
  std::erase_if(organization->domains, [&](const Domain& d) { return d.name == name; });
  return "{}";
}

auto Call::update_default_mail_domain() -> std::string {
  const auto* found = domain(text("DomainName"));
  if (found == nullptr) refuse("MailDomainNotFound");
  if (!found->verified) refuse("MailDomainState");
  organization->default_domain = found->name;
  return "{}";
}

auto Call::get_mail_domain() -> std::string {
  const auto* found = domain(text("DomainName"));
  if (found == nullptr) refuse("MailDomainNotFound");
  const std::string status = found->verified ? "VERIFIED" : "PENDING";
  return Object()
      .flag("IsTestDomain", found->is_test)
      .flag("IsDefault", found->name == organization->default_domain)
      .text("OwnershipVerificationStatus", status)
      .text("DkimVerificationStatus", status)
      .json();
}

auto Call::list_mail_domains() -> std::string {
  std::vector<std::string> found;
  for (const auto& d : organization->domains)
    found.push_back(
        Object().text("DomainName", d.name).flag("DefaultDomain", d.name == organization->default_domain).json());
  return list("MailDomains", found);
}

}  // namespace workmail::test::stateful
