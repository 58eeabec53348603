#include <rapidjson/document.h>

#include <array>
#include <optional>

#include "api/wire/json_text.h"
#include "store/snapshot.h"
#include "tests/fuzz/instance.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

void refuse_sql(std::string_view message) {
  for (const std::string_view word : {"PRAGMA", "SELECT", "INSERT", "CREATE", "CHECK ("}) {
    if (message.find(word) != std::string_view::npos) throw Finding("SQL in a message: " + std::string(message));
  }
}

// The file as a snapshot; nothing when it is refused, in words that anybody may read.
auto uploaded(std::string_view file) -> std::optional<store::Snapshot> {
  try {
    return store::Snapshot::from_file(std::string(file));
  } catch (const store::DamagedFile& refusal) {
    refuse_sql(refusal.what());
  } catch (const store::ForeignFile& refusal) {
    refuse_sql(refusal.what());
  }
  return std::nullopt;
}

void expect_json(const std::string& text, std::string_view of) {
  rapidjson::Document document;
  if (!api::parse_json(text, document)) throw Finding("No JSON: " + std::string(of) + "\n" + text);
}

// What can be asked of every organization.
void expect_answers(Instance& instance) {
  static constexpr std::array<std::string_view, 8> kOperations{"DescribeOrganization",
                                                               "ListUsers",
                                                               "ListGroups",
                                                               "ListResources",
                                                               "ListMailDomains",
                                                               "GetDefaultRetentionPolicy",
                                                               "ListAccessControlRules",
                                                               "ListMailboxExportJobs"};
  for (const auto& organization : instance.store.organizations.all()) {
    for (const auto name : kOperations) {
      std::string body = R"({"OrganizationId":")" + organization.id + "\"}";
      std::string answer;
      const auto outcome =
          instance.service.call(api::find_operation(name), body, {organization.account, organization.region}, answer);
      expect_json(answer, name);
      if (outcome.status >= 500) throw Finding(std::string(name) + " failed: " + answer);
    }
  }
}

}  // namespace

void database(std::string_view input) {
  static Instance instance;
  instance.service.baseline().reset();
  static const auto empty = instance.state();
  const auto snapshot = uploaded(input);
  if (instance.state() != empty) throw Finding("An upload changed what is there.");
  if (!snapshot) return;

  // An accepted file is valid: it can be uploaded again without change, restored, exported and used.
  const auto again = uploaded(snapshot->bytes());
  if (!again) throw Finding("What was accepted once is refused.");
  if (again->bytes() != snapshot->bytes()) throw Finding("What is uploaded again is another.");
  instance.service.baseline().restore(*snapshot);
  instance.service.catch_up();
  expect_json(instance.state(), "the state");
  expect_answers(instance);
}

}  // namespace workmail::fuzz
