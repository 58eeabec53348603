#include "server/emulator/journal_query.h"

#include <algorithm>

#include "api/call/operation_names.h"
#include "api/call/redaction.h"
#include "api/wire/json_text.h"

namespace workmail::server {

namespace {

template <class Value>
auto is(const std::optional<Value>& wanted, const Value& value) -> bool {
  return !wanted || *wanted == value;
}

// Ids are long and random, so the text is searched for them: in OrganizationId, and in the ARNs of tags. The response
// is searched only for operations that create an organization, because lists contain all organizations.
auto names_organization(const JournalEntry& entry, const std::string& id) -> bool {
  if (entry.request.find(id) != std::string::npos) return true;
  return entry.operation == "CreateOrganization" && entry.response.find(id) != std::string::npos;
}

// The maximum number of comparisons of values for an entry: far more than bodies of the maximum size need, unless they
// are constructed to take long.
constexpr std::size_t kMaxComparisons = 100'000;

// A truncated body never matches, and hidden values are not compared.
auto has_input(const JournalEntry& entry, const api::Json& part) -> bool {
  if (entry.request_kept == Kept::Beginning || entry.request_kept == Kept::Size) return false;
  if (api::hides(entry.redact, entry.operation, part)) return false;
  rapidjson::Document input;
  api::Effort effort(kMaxComparisons);
  return api::parse_json(entry.request.empty() ? "{}" : std::string_view(entry.request), input) &&
         api::contains(input, part, effort);
}

}  // namespace

auto JournalQuery::matches(const JournalEntry& entry) const -> bool {
  return entry.id > after && api::names_operation(operations, entry.operation) && is(status, entry.status) &&
         is(error, entry.error) && is(account, entry.account) &&
         (!organization || names_organization(entry, *organization)) && (input == nullptr || has_input(entry, *input));
}

auto is_organization_id(std::string_view text) -> bool {
  constexpr std::size_t kLength = 34;
  return text.size() == kLength && text.starts_with("m-") &&
         text.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

auto find_entries(const Journal& journal, const JournalQuery& query) -> std::vector<const JournalEntry*> {
  const auto& entries = journal.entries();
  std::vector<const JournalEntry*> found;
  auto entry = std::upper_bound(entries.begin(), entries.end(), query.after,
                                [](std::uint64_t id, const JournalEntry& candidate) { return id < candidate.id; });
  for (; entry != entries.end() && found.size() < query.limit; ++entry) {
    if (query.matches(*entry)) found.push_back(&*entry);
  }
  return found;
}

}  // namespace workmail::server
