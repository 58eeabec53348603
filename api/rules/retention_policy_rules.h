// The folders of a retention policy: checks them, and converts them for the store. Shared by the operation and seed
// documents.
#pragma once

#include <vector>

#include "generated/workmail/shapes.h"
#include "store/retention_policies.h"

namespace workmail::api {

// Throws InvalidParameterException for a duplicate folder, or one that deletes without a period.
void check_folders(const std::vector<FolderConfiguration>& folders);

auto to_store(const std::vector<FolderConfiguration>& folders) -> std::vector<store::RetentionFolder>;
auto to_api(const std::vector<store::RetentionFolder>& folders) -> std::vector<FolderConfiguration>;

}  // namespace workmail::api
