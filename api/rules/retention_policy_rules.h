// The folders of a retention policy: what is refused, and their form in the store. Shared with seeds.
#pragma once

#include <vector>

#include "generated/workmail/shapes.h"
#include "store/retention_policies.h"

namespace workmail::api {

// Throws InvalidParameterException for a folder that is there twice, or that deletes without a period.
void check_folders(const std::vector<FolderConfiguration>& folders);

auto to_store(const std::vector<FolderConfiguration>& folders) -> std::vector<store::RetentionFolder>;
auto to_api(const std::vector<store::RetentionFolder>& folders) -> std::vector<FolderConfiguration>;

}  // namespace workmail::api
