// Searches the journal: which entries match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/wire/json.h"
#include "server/emulator/journal.h"

namespace workmail::server {

// The conditions of a search; all that are set must match.
struct JournalQuery {
  std::vector<std::string> operations;  // as in api::names_operation()
  std::optional<int> status;
  std::optional<std::string> error;
  std::optional<std::string> account;
  std::optional<std::string> organization;                      // the id
  std::shared_ptr<const rapidjson::Document> input;             // contained in the input; hidden values never match
  std::uint64_t after = 0;                                      // only entries with greater ids
  std::size_t limit = std::numeric_limits<std::size_t>::max();  // the maximum number; the oldest ones are returned

  [[nodiscard]] auto matches(const JournalEntry& entry) const -> bool;
};

// Whether the text is a well-formed id of an organization.
auto is_organization_id(std::string_view text) -> bool;

// Oldest first. Valid until the journal changes.
auto find_entries(const Journal& journal, const JournalQuery& query) -> std::vector<const JournalEntry*>;

}  // namespace workmail::server
