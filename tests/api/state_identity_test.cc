// The state document recreates every state, byte for byte. Random sequences of all operations that write, of events
// outside the API and of changes of the clock, with a fixed list of random seeds.
#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include "api/rules/organization_state.h"
#include "api/rules/personal_access_token.h"
#include "api/seed/seed.h"
#include "store/folding.h"
#include "tests/api/api_test.h"
#include "tests/api/every_change.h"

namespace workmail::test {
namespace {

// The calls about each organization, and about all identifiers that it ever had.
constexpr std::array<const char*, 16> kReads{"DescribeOrganization",
                                             "ListUsers",
                                             "ListGroups",
                                             "ListResources",
                                             "ListMailDomains",
                                             "ListAccessControlRules",
                                             "ListImpersonationRoles",
                                             "ListMobileDeviceAccessRules",
                                             "ListMobileDeviceAccessOverrides",
                                             "ListAvailabilityConfigurations",
                                             "GetDefaultRetentionPolicy",
                                             "DescribeEmailMonitoringConfiguration",
                                             "DescribeInboundDmarcSettings",
                                             "DescribeIdentityProviderConfiguration",
                                             "ListPersonalAccessTokens",
                                             "ListMailboxExportJobs"};

struct ReadOf {
  const char* words;
  const char* operation;
  const char* member;
};
constexpr std::array<ReadOf, 19> kReadsOf{{{"user", "DescribeUser", "UserId"},
                                           {"user", "GetMailboxDetails", "UserId"},
                                           {"user", "ListPersonalAccessTokens", "UserId"},
                                           {"user", "ListMobileDeviceAccessOverrides", "UserId"},
                                           {"user", "ListGroupsForEntity", "EntityId"},
                                           {"group", "ListGroupsForEntity", "EntityId"},
                                           {"group", "DescribeGroup", "GroupId"},
                                           {"group", "ListGroupMembers", "GroupId"},
                                           {"resource", "DescribeResource", "ResourceId"},
                                           {"resource", "ListResourceDelegates", "ResourceId"},
                                           {"entity", "ListAliases", "EntityId"},
                                           {"entity", "ListMailboxPermissions", "EntityId"},
                                           {"email", "DescribeEntity", "Email"},
                                           {"domain", "GetMailDomain", "DomainName"},
                                           {"role", "GetImpersonationRole", "ImpersonationRoleId"},
                                           {"job", "DescribeMailboxExportJob", "JobId"},
                                           {"token", "GetPersonalAccessTokenMetadata", "PersonalAccessTokenId"},
                                           {"arn", "ListTagsForResource", "ResourceARN"},
                                           {"name", "DescribeUser", "UserId"}}};

using Words = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Place {
  std::string account;
  std::string region;
  std::string organization;
  Words words;
};

class StateIdentity : public ApiTest {
 protected:
  StateIdentity() { restart_among(Neighbors::None); }

  void begin(std::uint32_t seed, Duration pace) {
    random_.seed(seed);
    restart({.pace = pace});
    places_.clear();
    applications_.clear();
  }

  auto below(std::size_t end) -> std::size_t { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }
  auto chance(std::size_t one_in) -> bool { return below(one_in) == 0; }
  template <class Element>
  auto any(const std::vector<Element>& list) -> const Element& {
    return list[below(list.size())];
  }

  // Words of every organization, and initial words of a single one.
  auto words_of(const std::string& alias, const std::string& organization) -> Words {
    Words words{{"bool", {"true", "false"}},
                {"name", {"ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal", "ivy", "jim", "kim", "leo"}},
                {"text", {"", "some text", "\\u00e9 \\ud83d\\ude00 \\\\ \\\"", "<b>"}},
                {"person", {"00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"}},
                {"device", {"d1", "D1", "d2"}},
                {"alias", {"acme", "Beta", "gamma", "delta"}},
                {"domain", {"one.example", "Two.example", "three.example", alias + ".awsapps.com"}},
                {"arn", {"arn:aws:workmail:us-east-1:" + account_ + ":organization/" + organization}}};
    for (const auto& domain : words["domain"]) {
      for (const char* local : {"a", "B", "c", "d", "e"}) words["email"].push_back(std::string(local) + "@" + domain);
    }
    return words;
  }

  // The members of a step with all placeholders replaced; nothing if there is no word yet.
  auto filled(const Form& form, const Place& place) -> std::optional<std::string> {
    return test::filled(form.members,
                        [&](std::string_view wish, std::size_t /*number*/) { return word_for(wish, place); });
  }

  auto word_for(std::string_view wish, const Place& place) -> std::optional<std::string> {
    if (wish == "fresh") return "token-" + std::to_string(++fresh_);
    if (wish == "application") return applications_.empty() ? std::nullopt : std::optional(any(applications_));
    if (const auto found = place.words.find(wish); found != place.words.end()) return any(found->second);
    static const std::set<std::string_view> kMade{"user", "group", "resource",    "entity", "role",
                                                  "job",  "token", "device_rule", "policy"};
    if (kMade.contains(wish)) return std::nullopt;
    return any(alternatives(wish));
  }

  void use(const Place& place) {
    as(place.account, place.region);
    organization_id_ = place.organization;
  }

  void learn(const Form& form, const Answer& answer, Place& place) {
    static const std::map<std::string_view, const char*> kIds{{"UserId", "user"},
                                                              {"GroupId", "group"},
                                                              {"ResourceId", "resource"},
                                                              {"ImpersonationRoleId", "role"},
                                                              {"MobileDeviceAccessRuleId", "device_rule"},
                                                              {"JobId", "job"}};
    for (const auto& [member, word] : kIds) {
      const std::string id = answer[std::string(member).c_str()];
      if (id.empty()) continue;
      place.words[word].push_back(id);
      const std::string_view kind = word;
      if (kind == "user" || kind == "group" || kind == "resource") place.words["entity"].push_back(id);
    }
    if (answer.has("ApplicationArn")) applications_.push_back(answer["ApplicationArn"]);
    const std::string_view operation = form.operation;
    if (operation == "PutRetentionPolicy") place.words["policy"] = {ok("GetDefaultRetentionPolicy")["Id"]};
  }

  void add_place(const std::string& organization, const std::string& alias) {
    places_.push_back({account_, region_, organization, words_of(alias, organization)});
  }

  void make_organization() {
    static const std::vector<std::string> kAccounts{"000000000000", "111111111111"};
    as(any(kAccounts));
    organization_id_.clear();
    const std::string alias = any(words_of("", "")["alias"]);
    const auto answer = call("CreateOrganization", "'Alias': '" + alias + "'");
    if (answer.status() == 200) add_place(answer["OrganizationId"], alias);
  }

  void move() {
    static const std::vector<const Form*> kWeighted = weighted(every_change());
    const Form& chosen = *any(kWeighted);
    if (std::string_view(chosen.operation) == "DeleteOrganization" && !chance(3)) return;
    auto& place = places_[below(places_.size())];
    use(place);
    const auto members = filled(chosen, place);
    if (!members) return;
    const auto answer = call(chosen.operation, *members);
    if (answer.status() != 200) return;
    succeeded_.insert(chosen.operation);
    if (answer.has("OrganizationId") && std::string_view(chosen.operation) == "CreateOrganization") {
      add_place(answer["OrganizationId"], any(place.words["alias"]));
      return;
    }
    learn(chosen, answer, place);
  }

  // Events outside the API, as simulated by POST /_workmail/simulate.
  void event() {
    auto& place = places_[below(places_.size())];
    use(place);
    service_->run({place.account, place.region}, [&](api::Context& context) {
      const auto organization = context.store.organizations.find_by_id(place.organization).value();
      switch (below(6)) {
        case 0:
          return domain_event(context, organization, any(place.words["domain"]));
        case 1:
          return organization_event(context, organization);
        case 2:
          return mailbox_event(context, organization, word_for("user", place).value_or(""));
        case 3:
          return new_token_event(context, organization, place);
        case 4:
          return token_event(context, organization, word_for("token", place).value_or(""));
        default:
          return job_event(context, organization, word_for("job", place).value_or(""));
      }
    });
  }

  void domain_event(api::Context& context, const store::Organization& organization, const std::string& name) {
    const auto domain = context.store.domains.find(organization.number, store::fold(name));
    using enum store::VerificationStatus;
    static const std::vector<store::VerificationStatus> kStatuses{Verified, Verified, Failed, Pending};
    const auto& status = any(kStatuses);
    if (domain) context.store.domains.set_status(domain->number, status, status);
  }

  void organization_event(api::Context& context, const store::Organization& organization) {
    if (organization.state == store::OrganizationState::Deleted || !chance(4)) return;
    using enum store::OrganizationState;
    static const std::vector<store::OrganizationState> kStates{Requested, Creating, Active, Active, Failed, Impaired};
    const auto& state = any(kStates);
    auto& organizations = context.store.organizations;
    api::enter_state(context.store, organization, state, context.now, context.settings.pace);
    if (chance(2)) organizations.set_state(organization.number, state, std::nullopt);
    organizations.set_error_message(organization.number, "The directory is unavailable");
  }

  static void mailbox_event(api::Context& context, const store::Organization& organization, const std::string& user) {
    const auto entity = context.store.entities.find_by_id(organization.number, user);
    if (entity && context.store.mailboxes.find(entity->number)) context.store.mailboxes.set_used(entity->number, 1.25);
  }

  void new_token_event(api::Context& context, const store::Organization& organization, Place& place) {
    const auto user = context.store.entities.find_by_id(organization.number, word_for("user", place).value_or(""));
    const auto provider = context.store.identity_providers.find(organization.number);
    if (!user || (provider && provider->token_status == store::TokenStatus::Inactive)) return;
    const store::OrganizationHead head{organization.number, organization.id, organization.state};
    const store::StringList scopes = chance(2) ? store::StringList() : store::StringList{"mail", "calendar"};
    const auto made = api::create_personal_access_token(context, head, *user, "token", scopes);
    place.words["token"].push_back(made.id);
  }

  static void token_event(api::Context& context, const store::Organization& organization, const std::string& id) {
    const auto token = context.store.personal_access_tokens.find(organization.number, id);
    if (token) context.store.personal_access_tokens.set_used(token->number, context.now);
  }

  static void job_event(api::Context& context, const store::Organization& organization, const std::string& id) {
    const auto job = context.store.export_jobs.find(organization.number, id);
    const bool running = job && job->state == store::ExportJobState::Running;
    if (running) context.store.export_jobs.end(job->number, store::ExportJobState::Failed, "No space", context.now);
  }

  void jump() {
    static const std::vector<Duration> kJumps{
        std::chrono::milliseconds(1), std::chrono::seconds(7),    std::chrono::seconds(7),    std::chrono::seconds(13),
        std::chrono::hours(25),       std::chrono::hours(24 * 8), std::chrono::hours(24 * 31)};
    advance(chance(4) ? any(kJumps) : std::chrono::seconds(5));
  }

  void walk(int steps) {
    make_organization();
    for (int step = 0; step < steps; ++step) {
      if (chance(60)) make_organization();
      if (chance(12)) jump();
      if (chance(15)) event();
      move();
    }
  }

  auto state() -> std::string {
    return service_->read({account_, region_}, [&](api::Context& context) {
      api::StateWriter writer({});
      std::string text;
      while (writer.append(context, clock_, 1, text)) continue;
      return text;
    });
  }

  // Applies the document; returns why it was rejected.
  auto refusal(const std::string& text) -> std::string {
    try {
      const auto document = api::parse_seed(text);
      api::set_clock(clock_, document);
      service_->run({account_, region_}, [&](api::Context& context) { api::apply_seed(context, document); });
    } catch (const std::exception& error) {
      return error.what();
    }
    return {};
  }

  // The responses of all calls that read, one on each line.
  auto everything() -> std::vector<std::string> {
    std::vector<std::string> answers;
    const auto ask = [&](const char* operation, const std::string& members) {
      answers.push_back(operation + (" " + members) + ": " + call(operation, members).text());
    };
    for (const auto& place : places_) {
      use(place);
      ask("ListOrganizations", "");
      for (const char* operation : kReads) ask(operation, "");
      for (const auto& read : kReadsOf) {
        const auto words = place.words.find(read.words);
        if (words == place.words.end()) continue;
        for (const auto& word : words->second)
          ask(read.operation, "'" + std::string(read.member) + "': '" + word + "'");
      }
    }
    return answers;
  }

  void expect_identity() {
    const auto first = state();
    const auto answers = everything();
    service_->baseline().reset_to_empty();
    ASSERT_TRUE(store_->empty());
    ASSERT_EQ(refusal(first), "") << first;
    ASSERT_EQ(state(), first);
    ASSERT_EQ(everything(), answers);
  }

  std::mt19937 random_;
  std::vector<Place> places_;
  std::vector<std::string> applications_;
  std::set<std::string> succeeded_;
  int fresh_ = 0;
};

constexpr std::array<std::uint32_t, 12> kSeeds{1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233};

TEST_F(StateIdentity, HoldsAfterAnything) {
  for (const auto pace : {Duration(0), Duration(std::chrono::seconds(20))}) {
    for (const auto seed : kSeeds) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", pace " + std::to_string(pace.count()));
      begin(seed, pace);
      walk(1500);
      expect_identity();
      if (HasFatalFailure()) return;
      // The recreated state continues identically.
      walk(300);
      expect_identity();
      if (HasFatalFailure()) return;
    }
  }
  for (const auto& form : every_change()) EXPECT_TRUE(succeeded_.contains(form.operation)) << form.operation;
}

}  // namespace
}  // namespace workmail::test
