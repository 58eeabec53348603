// A model-based test: random sequences of operations, changes of the clock, restarts, snapshots and resets. After each
// step, the service must return the same as the reference. A failing sequence is shrunk and printed with its seed.
//
// The seeds are fixed. To test others, change kFirstSeed.
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <tuple>

#include "api/service.h"
#include "store/store.h"
#include "tests/api/api_test.h"
#include "tests/api/stateful/model.h"
#include "tests/api/stateful/shrink.h"

namespace workmail::test::stateful {
namespace {

constexpr std::uint32_t kFirstSeed = 0;
constexpr std::uint32_t kTests = 20;  // enough that the parallel parts of the test program get equal shares
constexpr std::uint32_t kSequences = 3;
constexpr std::size_t kSteps = 1700;
// The number of steps between two comparisons of everything. The subject of a step is compared after each step.
constexpr int kEverything = 150;

struct Conditions {
  bool domains_become_verified = true;
  bool on_disk = false;  // else a restart does nothing
  Reference::Rules rules = Reference::Rules::Right;

  [[nodiscard]] auto reference() const -> Reference {
    constexpr Moment kStart = 1767225600000;  // 2026-01-01T00:00:00Z
    return {kStart, domains_become_verified, rules};
  }
};

// The service and the reference.
class Pair {
 public:
  explicit Pair(const Conditions& conditions) : conditions_(conditions), model_(conditions.reference()) {
    if (conditions_.on_disk) {
      folder_ = std::filesystem::temp_directory_path() / "workmail-stateful-XXXXXX";
      EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
    }
    open();
    clock_->freeze(Time(Duration(model_.reference().now())));
    service_->baseline().save_clock();
  }
  ~Pair() {
    close();
    if (conditions_.on_disk) std::filesystem::remove_all(folder_);
  }
  Pair(const Pair&) = delete;
  auto operator=(const Pair&) -> Pair& = delete;

  // The differences after the step; empty if there are none.
  auto disagreement(const Move& move) -> std::string {
    if (is_event(move)) {
      happen(move);
      return lists();
    }
    return call(move);
  }

  auto everything() -> std::string {
    auto found = lists();
    for (const auto& organization : model_.reference().organizations()) {
      for (const auto& entity : organization.entities) {
        if (found.empty()) found = about(organization, entity);
      }
    }
    return found;
  }

 private:
  void open() {
    store_ = std::make_unique<store::Store>(conditions_.on_disk ? folder_ + "/data" : "");
    clock_.emplace([] { return Time(); });
    ids_.emplace(api::Ids::Mode::Sequential);
    service_ = std::make_unique<api::Service>(
        *store_, *clock_, *ids_, api::Settings{.domains_become_verified = conditions_.domains_become_verified},
        [this](const std::string& report) { reports_ += report; });
  }

  void close() {
    service_.reset();
    store_.reset();
  }

  void happen(const Move& move) {
    const std::string_view event = move.form->operation;
    if (event == "advance hours") {
      clock_->advance(std::chrono::hours(number(move)));
      service_->baseline().save_clock();
    } else if (event == "restart" && conditions_.on_disk) {
      close();
      open();
    } else if (event == "take snapshot") {
      taken_.insert_or_assign(number(move), service_->baseline().snapshot());
    } else if (event == "restore snapshot" && taken_.contains(number(move))) {
      service_->baseline().restore(taken_.at(number(move)));
    } else if (event == "reset account") {
      service_->baseline().reset_account(model_.places().of(move).account);
    }
    model_.happen(move);
  }

  struct Answer {
    std::string error;
    std::string text;
    rapidjson::Document json;
  };

  auto answer(const api::Caller& caller, const std::string& operation, std::string input) -> Answer {
    Answer answer;
    answer.error = service_->call(api::find_operation(operation), input, caller, answer.text).error;
    answer.json.Parse(answer.text.c_str());
    return answer;
  }

  auto call(const Move& move) -> std::string {
    const std::string operation = move.form->operation;
    const auto input = model_.places().input(move);
    const auto& place = model_.places().of(move);
    auto answered = answer({place.account, place.region}, operation, input);
    // The response to a creation is only an identifier.
    const bool made = answered.error.empty() && operation.rfind("Create", 0) == 0 && !answered.json.ObjectEmpty();
    const auto expected = model_.call(move, made ? answered.json.MemberBegin()->value.GetString() : "");
    auto found = difference(operation, input, answered, expected);
    return found.empty() && expected.error.empty() ? about_touched(move) : found;
  }

  // `members` follow the OrganizationId.
  auto read(const Organization& organization, const std::string& operation, const std::string& members = "")
      -> std::string {
    const auto input = "{\"OrganizationId\":\"" + organization.id + "\"" + members + "}";
    const auto& [account, region] = std::tie(organization.account, organization.region);
    auto answered = answer({account, region}, operation, input);
    rapidjson::Document in;
    in.Parse(input.c_str());
    return difference(operation, input, answered, model_.reference().call(account, region, operation, in, ""));
  }

  auto difference(const std::string& operation, const std::string& input, Answer& answered, const Reply& expected)
      -> std::string {
    if (agree(answered, expected) && reports_.empty()) return "";
    return operation + " " + input + "\n  answered: " + answered.text + "\n  expected: " + expected.error +
           expected.json + (reports_.empty() ? "" : "\n  " + reports_);
  }

  static auto agree(Answer& answered, const Reply& expected) -> bool {
    if (answered.error != expected.error) return false;
    if (!expected.error.empty()) return true;
    // Values that no rule determines.
    for (const char* member : {"Records", "DirectoryId"}) answered.json.RemoveMember(member);
    rapidjson::Document json;
    json.Parse(expected.json.c_str());
    return answered.json == json;
  }

  auto about_touched(const Move& move) -> std::string {
    const auto& place = model_.places().of(move);
    const auto input = model_.places().input(move);
    std::string found;
    for (const auto& organization : model_.reference().organizations()) {
      if (organization.id != place.organization) continue;
      for (const auto& entity : organization.entities) {
        if (found.empty() && input.find(entity.id) != std::string::npos) found = briefly_about(organization, entity);
      }
    }
    return found;
  }

  auto lists() -> std::string {
    std::string found;
    for (const auto& organization : model_.reference().organizations()) {
      for (const char* operation : {"ListOrganizations", "DescribeOrganization", "ListMailDomains", "ListUsers",
                                    "ListGroups", "ListResources"}) {
        if (found.empty()) found = read(organization, operation);
      }
    }
    return found;
  }

  struct Read {
    const char* operation;
    const char* member;
  };

  static auto reads_of(char kind) -> const std::vector<Read>& {
    static const std::map<char, std::vector<Read>> kReads{{'U',
                                                           {{"DescribeUser", "UserId"},
                                                            {"ListAliases", "EntityId"},
                                                            {"GetMailboxDetails", "UserId"},
                                                            {"ListMailboxPermissions", "EntityId"},
                                                            {"ListGroupsForEntity", "EntityId"}}},
                                                          {'G',
                                                           {{"DescribeGroup", "GroupId"},
                                                            {"ListAliases", "EntityId"},
                                                            {"ListMailboxPermissions", "EntityId"},
                                                            {"ListGroupsForEntity", "EntityId"},
                                                            {"ListGroupMembers", "GroupId"}}},
                                                          {'R',
                                                           {{"DescribeResource", "ResourceId"},
                                                            {"ListAliases", "EntityId"},
                                                            {"ListMailboxPermissions", "EntityId"},
                                                            {"ListResourceDelegates", "ResourceId"}}}};
    return kReads.at(kind);
  }

  auto read(const Organization& organization, const Entity& entity, const Read& what) -> std::string {
    return read(organization, what.operation, ",\"" + std::string(what.member) + "\":\"" + entity.id + "\"");
  }

  auto about(const Organization& organization, const Entity& entity) -> std::string {
    std::string found;
    for (const auto& what : reads_of(entity.kind)) {
      if (found.empty()) found = read(organization, entity, what);
    }
    return found;
  }

  // Its description and, in turn, one of the others.
  auto briefly_about(const Organization& organization, const Entity& entity) -> std::string {
    const auto& reads = reads_of(entity.kind);
    auto found = read(organization, entity, reads.front());
    return found.empty() ? read(organization, entity, reads[1 + turn_++ % (reads.size() - 1)]) : found;
  }

  Conditions conditions_;
  Model model_;
  std::string folder_;
  std::unique_ptr<store::Store> store_;
  std::optional<api::Clock> clock_;
  std::optional<api::Ids> ids_;
  std::unique_ptr<api::Service> service_;
  std::map<int, store::Snapshot> taken_;
  std::size_t turn_ = 0;
  std::string reports_;  // of unexpected failures
};

auto disagreement(const std::vector<Move>& sequence, const Conditions& conditions) -> std::string {
  Pair pair(conditions);
  int step = 0;
  for (const auto& move : sequence) {
    auto found = pair.disagreement(move);
    if (found.empty() && ++step % kEverything == 0) found = pair.everything();
    if (!found.empty()) return found;
  }
  return pair.everything();
}

auto shrunk(const std::vector<Move>& sequence, const Conditions& conditions) -> std::vector<Move> {
  const auto fails = [&](const std::vector<Move>& part) { return !disagreement(part, conditions).empty(); };
  return shrink(sequence, fails, simpler);
}

auto lines(const std::vector<Move>& sequence) -> std::vector<std::string> {
  std::vector<std::string> found;
  for (const auto& move : sequence) found.push_back(line(move));
  return found;
}

class Stateful : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(Stateful, AgreesWithTheReference) {
  for (std::uint32_t i = 0; i < kSequences; ++i) {
    const auto seed = kFirstSeed + GetParam() * kSequences + i;
    const Conditions conditions{.domains_become_verified = i % 2 == 0, .on_disk = i == kSequences - 1};
    const auto sequence = random_sequence(seed, kSteps, conditions.reference());
    if (disagreement(sequence, conditions).empty()) continue;
    const auto few = shrunk(sequence, conditions);
    FAIL() << "seed " << seed << ", of " << sequence.size() << " steps these are enough:\n"
           << ::testing::PrintToString(lines(few)) << "\n"
           << disagreement(few, conditions);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Stateful, ::testing::Range(std::uint32_t{0}, kTests));

TEST(StatefulSequences, MakeEveryMoveSucceed) {
  std::set<const Form*> succeeded;
  for (std::uint32_t seed = kFirstSeed; seed < kFirstSeed + 3; ++seed) {
    const auto reference = Conditions().reference();
    Model model(reference);
    int made = 0;
    for (const auto& move : random_sequence(seed, kSteps, reference)) {
      if (is_event(move)) model.happen(move);
      if (is_event(move) || model.call(move, "made-" + std::to_string(++made)).error.empty())
        succeeded.insert(move.form);
    }
  }
  for (const auto& form : forms()) EXPECT_TRUE(succeeded.contains(&form)) << form.operation << " " << form.members;
}

TEST(StatefulSequences, ShrinkToTheMovesThatMatter) {
  const Conditions conditions{.rules = Reference::Rules::AddressesAreNeverFree};
  const auto sequence = random_sequence(kFirstSeed, 300, Conditions().reference());
  ASSERT_NE(disagreement(sequence, conditions), "");
  const auto few = shrunk(sequence, conditions);
  // An organization, two registered entities of which one is deregistered, and its address for the other.
  EXPECT_LE(few.size(), 7U) << ::testing::PrintToString(lines(few));
  EXPECT_NE(disagreement(few, conditions), "");
  for (std::size_t i = 0; i < few.size(); ++i) {
    auto fewer = few;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(disagreement(fewer, conditions), "") << "needless: " << line(few[i]);
  }
}

}  // namespace
}  // namespace workmail::test::stateful
