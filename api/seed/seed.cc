#include "api/seed/seed.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

#include "api/call/errors.h"
#include "api/rules/domain_rules.h"
#include "api/rules/organization_rules.h"
#include "api/seed/apply.h"
#include "api/seed/open_members.h"
#include "api/wire/json_text.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/codec.h"
#include "store/folding.h"
#include "store/text.h"

namespace workmail::api {

namespace {

// Rejects duplicate members during parsing. Numbers are passed as text, because RapidJSON 1.1 with full precision reads
// "0e300" as an arbitrary number.
class SeedEvents : public CheckedEvents {
 public:
  explicit SeedEvents(rapidjson::Document& document) : CheckedEvents(document) {}

  auto RawNumber(const Ch* digits, Size length, bool /*copy*/) -> bool {
    const std::string text(digits, length);
    std::int64_t whole = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (end.ec == std::errc() && end.ptr == text.data() + text.size()) return Int64(whole);
    const double number = std::strtod(text.c_str(), nullptr);
    return std::isfinite(number) && Double(number);
  }
  auto StartObject() -> bool {
    members_.enter();
    return CheckedEvents::StartObject();
  }
  auto Key(const Ch* text, Size length, bool copy) -> bool {
    fault_ = members_.add({text, length});
    return fault_.empty() && CheckedEvents::Key(text, length, copy);
  }
  auto EndObject(Size count) -> bool {
    members_.leave();
    return CheckedEvents::EndObject(count);
  }

  // Why a member is rejected; empty if it is valid.
  [[nodiscard]] auto fault() const -> const std::string& { return fault_; }

 private:
  OpenMembers members_;
  std::string fault_;
};

constexpr std::string_view kSeparator = "; ";

// An element of a few characters can take more than a thousand bytes in memory. This is enough for 100,000 short
// elements, and for any document whose elements have ids and dates.
constexpr std::size_t kListBytesForEachByte = 4;
static_assert(kSeedListBytes >= 100'000 * sizeof(SeedUser));

// The position in the text, for messages: "line 3, column 14".
auto line_and_column(std::string_view text, std::size_t offset) -> std::string {
  const auto before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n');
  const auto column = line_start == std::string_view::npos ? offset + 1 : offset - line_start;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

auto default_domain_of(const SeedOrganization& seeded) -> std::string {
  for (const auto& domain : seeded.domains.value_or(std::vector<SeedDomain>())) {
    if (domain.default_domain.value_or(false)) return store::fold(domain.domain_name);
  }
  return seeded.default_mail_domain ? store::fold(*seeded.default_mail_domain) : test_domain_name(seeded.alias);
}

auto organization_of(Context& context, const SeedOrganization& seeded) -> store::Organization {
  const auto state = same_word<store::OrganizationState>(seeded.state.value_or(SeedOrganizationState::Active));
  auto completed = seeded.completed_date;
  if (state == store::OrganizationState::Active && !completed) completed = context.now;
  return {.id = given_or(context, seeded.organization_id, [] { return std::string(); }),
          .account = seeded.account.value_or(std::string(context.account)),
          .region = seeded.region.value_or(std::string(context.region)),
          .alias = seeded.alias,
          .state = state,
          .error_message = seeded.error_message,
          .directory_id = given_or(context, seeded.directory_id, [] { return std::string(); }),
          .directory_kept = seeded.directory_kept.value_or(false),
          .interoperability = seeded.interoperability_enabled.value_or(false),
          .kms_key_arn = seeded.kms_key_arn,
          .default_domain = default_domain_of(seeded),
          .dmarc_enforced = seeded.inbound_dmarc_settings ? seeded.inbound_dmarc_settings->enforced : true,
          .completed_at = completed,
          .next_state_at = seeded.next_state_date};  // without a date, the state does not change automatically
}

void check_organization(Context& context, const store::Organization& organization, bool given_directory,
                        const Path& path) {
  refusing(path / "OrganizationId", [&] {
    if (context.store.organizations.find_by_id(organization.id)) throw errors::name_not_available(organization.id);
  });
  if (organization.state == store::OrganizationState::Deleted) return;
  refusing(path / "Alias", [&] { check_alias_free(context, organization.alias); });
  refusing(path / "InteroperabilityEnabled", [&] {
    if (organization.interoperability && !given_directory) {
      throw errors::invalid_parameter("InteroperabilityEnabled needs the DirectoryId of an AD Connector");
    }
  });
  refusing(path / "DirectoryId", [&] { check_directory_free(context, organization.directory_id); });
  refusing(path, [&] { check_room_for_organization(context, organization.account, organization.region); });
}

// AWS: a test domain may have another name than its organization (CLI examples), although no operation can create one.
void check_listed_name(const std::string& name) {
  const bool is_test = name.ends_with(kTestDomainSuffix) && name.size() > kTestDomainSuffix.size();
  check_domain_name(is_test ? name.substr(0, name.size() - kTestDomainSuffix.size()) + ".test" : name);
}

void apply_domain(Context& context, store::OrganizationNumber organization, const SeedDomain& seeded) {
  const auto name = store::fold(seeded.domain_name);
  const bool is_test = context.store.domains.find(organization, name).has_value();
  if (!is_test) {
    check_listed_name(name);
    register_domain(context, organization, name, seeded.hosted_zone_id);
  }
  // A domain in the document is verified unless it has another status.
  const auto ownership = seeded.ownership_verification_status.value_or(DnsRecordVerificationStatus::Verified);
  const auto dkim = seeded.dkim_verification_status.value_or(ownership);
  const auto domain = context.store.domains.find(organization, name).value();
  context.store.domains.set_status(domain.number, same_word<store::VerificationStatus>(ownership),
                                   same_word<store::VerificationStatus>(dkim), seeded.verified_date);
}

// A deleted organization may have only the users and groups of a directory that it keeps.
void check_holds_nothing(const store::Organization& organization, const SeedOrganization& seeded, const Path& path) {
  const bool directory = (seeded.users || seeded.groups) && !organization.directory_kept;
  const bool holds = directory || seeded.tags || seeded.inbound_dmarc_settings || seeded.domains || seeded.resources ||
                     seeded.impersonation_roles || seeded.access_control_rules || seeded.mobile_device_access_rules ||
                     seeded.mobile_device_access_overrides || seeded.availability_configurations ||
                     seeded.retention_policy || seeded.email_monitoring_configuration ||
                     seeded.identity_provider_configuration || seeded.personal_access_tokens ||
                     seeded.mailbox_export_jobs || seeded.email_flow_rules || seeded.messages;
  refusing(path, [&] {
    if (holds) throw errors::organization_not_active(organization.id, store::word(organization.state));
  });
}

void check_default_domain(Context& context, const store::Organization& organization, const SeedOrganization& seeded,
                          const Path& path) {
  const auto is_default = [](const SeedDomain& domain) { return domain.default_domain.value_or(false); };
  const auto listed = seeded.domains.value_or(std::vector<SeedDomain>());
  refusing(path / "Domains", [&] {
    if (std::count_if(listed.begin(), listed.end(), is_default) > 1) {
      throw errors::invalid_parameter("An organization has one DefaultDomain");
    }
  });
  refusing(path / "DefaultMailDomain", [&] {
    const auto& name = organization.default_domain;
    if (seeded.default_mail_domain && store::fold(*seeded.default_mail_domain) != name) {
      throw errors::invalid_parameter("Another domain is marked as DefaultDomain");
    }
    const bool found = context.store.domains.find(organization.number, name).has_value();
    if (!found) throw errors::domain_not_found(name, organization.id);
  });
}

void apply_domains(Context& context, const store::Organization& organization, const SeedOrganization& seeded,
                   const Path& path) {
  add_test_domain(context, organization.number, organization.alias);
  std::set<std::string> names;
  for_each(seeded.domains, path / "Domains", [&](const SeedDomain& domain, const Path& place) {
    refusing(place / "DomainName", [&] {
      const auto name = store::fold(domain.domain_name);
      if (!names.insert(name).second) throw errors::domain_in_use(name, " by an earlier element");
      apply_domain(context, organization.number, domain);
    });
  });
  check_default_domain(context, organization, seeded, path);
}

auto apply_organization(Context& outer, const SeedOrganization& seeded, const Path& path) -> store::Organization {
  auto organization = organization_of(outer, seeded);
  Context context(outer.store, outer.ids, outer.settings, outer.now, organization.account, organization.region);
  context.any_organization_state = true;
  if (organization.id.empty()) organization.id = context.ids.organization(context.now);
  if (organization.directory_id.empty()) organization.directory_id = new_directory_id(context);
  check_organization(context, organization, seeded.directory_id.has_value(), path);
  organization.number = context.store.organizations.add(organization);
  if (organization.state == store::OrganizationState::Deleted) {
    check_holds_nothing(organization, seeded, path);
    apply_entities(context, {organization.number, organization.id, organization.state}, seeded, path);
    return organization;
  }
  apply_domains(context, organization, seeded, path);
  const store::OrganizationHead head{organization.number, organization.id, organization.state};
  apply_entities(context, head, seeded, path);
  apply_rules(context, head, seeded, path);
  apply_configuration(context, head, seeded, path);
  apply_mail(context, head, seeded, path);
  return organization;
}

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write_text(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

// Appends the ids of one kind of entities, as "Users":{"alice":"…"}.
void write_ids(Writer& writer, const char* key, store::Store& store, store::OrganizationNumber organization,
               store::EntityKind kind) {
  constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
  writer.Key(key);
  writer.StartObject();
  for (const auto& row : store.entity_lists.list(organization, kind, {.with_deleted = false}, {}, kAll)) {
    write_text(writer, row.name);
    write_text(writer, row.id);
  }
  writer.EndObject();
}

auto answer(store::Store& store, const std::vector<store::Organization>& organizations) -> SeedAnswer {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key("Organizations");
  writer.StartArray();
  for (const auto& organization : organizations) {
    writer.StartObject();
    writer.Key("Alias");
    write_text(writer, organization.alias);
    writer.Key("OrganizationId");
    write_text(writer, organization.id);
    write_ids(writer, "Users", store, organization.number, store::EntityKind::User);
    write_ids(writer, "Groups", store, organization.number, store::EntityKind::Group);
    write_ids(writer, "Resources", store, organization.number, store::EntityKind::Resource);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

MalformedSeed::MalformedSeed(std::vector<std::string> faults)
    : std::runtime_error(store::joined(faults, kSeparator)), faults_(std::move(faults)) {}

auto MalformedSeed::message() const -> std::string {
  return store::joined(faults_, kSeparator);
}

RefusedSeed::RefusedSeed(std::string_view path, std::string_view code, std::string_view message)
    : RefusedSeed(std::string(path) + ": " + std::string(code) + ": " + std::string(message)) {}

auto parse_seed(std::string_view text, std::size_t list_bytes) -> SeedDocument {
  using rapidjson::ParseFlag;
  constexpr unsigned kFlags = ParseFlag::kParseIterativeFlag | ParseFlag::kParseValidateEncodingFlag |
                              ParseFlag::kParseCommentsFlag | ParseFlag::kParseTrailingCommasFlag |
                              ParseFlag::kParseNumbersAsStringsFlag;
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  require_memory_for_json(text.size());
  rapidjson::Reader reader;
  rapidjson::Document json;
  std::string fault;
  const auto parse = [&](rapidjson::Document& document) {
    SeedEvents events(document);
    const bool well = !reader.Parse<kFlags>(stream, events).IsError();
    fault = events.fault();
    return well;
  };
  json.Populate(parse);
  if (!fault.empty()) throw MalformedSeed({fault + ", " + line_and_column(text, reader.GetErrorOffset())});
  if (reader.HasParseError()) {
    throw MalformedSeed({"The document is not JSON, " + line_and_column(text, reader.GetErrorOffset()) + ": " +
                         rapidjson::GetParseError_En(reader.GetParseErrorCode())});
  }
  Decoder decoder(UnknownMembers::Violations, PathStyle::Plain, list_bytes + kListBytesForEachByte * text.size());
  SeedDocument document;
  try {
    decode(decoder, json, Path(), document);
  } catch (const SerializationException& error) {
    throw MalformedSeed({error.message()});
  }
  auto violations = decoder.violations();
  if (document.clock && document.clock->frozen && document.clock->ahead_in_seconds) {
    violations.emplace_back("Clock: Frozen and AheadInSeconds exclude each other");
  }
  if (!violations.empty()) throw MalformedSeed(std::move(violations));
  return document;
}

auto apply_seed(Context& context, const SeedDocument& document) -> SeedAnswer {
  const Path root;
  apply_applications(context, document);
  std::vector<store::Organization> made;
  for_each(document.organizations, root / "Organizations", [&](const SeedOrganization& seeded, const Path& path) {
    made.push_back(apply_organization(context, seeded, path));
  });
  return answer(context.store, made);
}

auto write_seed(const SeedDocument& document) -> std::string {
  std::string compact;
  Encoder encoder(compact, false, TimeFormat::Rfc3339);
  encode(encoder, document);
  std::string text;
  indent_json(compact, 0, text);
  return text + "\n";
}

}  // namespace workmail::api
