// Seeding by files and by documents: what --seed and the control plane's seed have in common.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "api/service.h"

namespace workmail::server {

// A seed file that cannot be read or applied, as a one-line message.
class UnusableSeed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Adds a document, all or nothing, and returns the ids that it made, as JSON. Its clock is set when the database is
// empty. Throws MalformedSeed and RefusedSeed.
auto apply_document(api::Service& service, std::string_view text) -> std::string;

// The files that the paths mean: a folder means the files in it that end in .json or .jsonc, sorted by name. Throws
// UnusableSeed.
auto seed_files(const std::vector<std::string>& paths) -> std::vector<std::string>;

// Adds the documents of all files, all or nothing. Throws UnusableSeed, which names the file.
void apply_files(api::Service& service, const std::vector<std::string>& files);

}  // namespace workmail::server
