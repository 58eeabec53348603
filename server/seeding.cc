#include "server/seeding.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/seed/seed.h"

namespace workmail::server {

namespace {

// Runs the work as a call runs, by the settings' account and region.
template <class Work>
auto run(api::Service& service, Work work) {
  return service.run({.account = service.settings().account, .region = service.settings().region}, work);
}

auto read_file(const std::string& path) -> std::string {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) throw UnusableSeed("The seed file " + path + " cannot be read.");
  return text;
}

auto is_document(const std::filesystem::path& path) -> bool {
  return path.extension() == ".json" || path.extension() == ".jsonc";
}

auto files_in(const std::string& folder) -> std::vector<std::string> {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (is_document(entry.path())) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) throw UnusableSeed("The seed folder " + folder + " has no file that ends in .json or .jsonc.");
  return files;
}

}  // namespace

auto apply_document(api::Service& service, std::string_view text) -> std::string {
  const auto document = api::parse_seed(text);
  return run(service, [&](api::Context& context) { return api::apply_seed(context, document); });
}

auto seed_files(const std::vector<std::string>& paths) -> std::vector<std::string> {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    const auto inside = files_in(path);
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

void apply_files(api::Service& service, const std::vector<std::string>& files) {
  run(service, [&](api::Context& context) {
    for (const auto& file : files) {
      try {
        api::apply_seed(context, api::parse_seed(read_file(file)));
      } catch (const api::MalformedSeed& error) {
        throw UnusableSeed(file + ": " + error.what());
      } catch (const api::RefusedSeed& error) {
        throw UnusableSeed(file + ": " + error.what());
      }
    }
  });
}

}  // namespace workmail::server
