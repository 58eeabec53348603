#include "api/rules/retention_policy_rules.h"

#include <set>
#include <string>

#include "api/call/errors.h"
#include "api/wire/stored_word.h"

namespace workmail::api {

// AWS: the model allows both; that they are refused is assumed (Q-retention-folders).
void check_folders(const std::vector<FolderConfiguration>& folders) {
  std::set<FolderName> names;
  for (const auto& folder : folders) {
    const std::string name(to_string(folder.name));
    if (!names.insert(folder.name).second) throw errors::invalid_parameter("Folder " + name + " is given twice");
    if (folder.action != RetentionAction::None && !folder.period) {
      throw errors::invalid_parameter("Folder " + name + " needs a Period for its Action");
    }
  }
}

auto to_store(const std::vector<FolderConfiguration>& folders) -> std::vector<store::RetentionFolder> {
  std::vector<store::RetentionFolder> rows;
  for (const auto& folder : folders) {
    rows.push_back({std::string(to_string(folder.name)), std::string(to_string(folder.action)), folder.period});
  }
  return rows;
}

auto to_api(const std::vector<store::RetentionFolder>& folders) -> std::vector<FolderConfiguration> {
  std::vector<FolderConfiguration> configurations;
  for (const auto& folder : folders) {
    configurations.push_back({.name = stored_word<FolderName>(folder.name),
                              .action = stored_word<RetentionAction>(folder.action),
                              .period = folder.period});
  }
  return configurations;
}

}  // namespace workmail::api
