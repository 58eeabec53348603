// Seeding from files and documents, for --seed and the control plane.
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

// Adds a document in one transaction, and returns the ids that it created, as JSON. Sets its clock if the database is
// empty. Throws MalformedSeed and RefusedSeed.
auto apply_document(api::Service& service, std::string_view text) -> std::string;

// The seed files of the paths: a folder stands for its files that end in .json or .jsonc, sorted by name. Throws
// UnusableSeed.
auto seed_files(const std::vector<std::string>& paths) -> std::vector<std::string>;

// Adds the documents of all files in one transaction. Throws UnusableSeed, which names the file.
void apply_files(api::Service& service, const std::vector<std::string>& files);

}  // namespace workmail::server
