#include "server/emulator/seeding.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/seed/seed.h"

namespace workmail::server {

namespace {

// Emulator: changing the clock of a database with data would contradict the dates in it.
constexpr const char* kNotEmpty =
    "The clock can only be set with the first document of an empty server; PUT /_workmail/clock sets it at any time";

// Runs the work as one call with the account and region of the settings. An empty database gets the clock of the
// document.
template <class Work>
auto apply(api::Service& service, const api::SeedDocument& first, Work work) -> std::string {
  const api::Clock before = service.clock();
  if (!service.store().empty()) api::check_no_clock(first, kNotEmpty);
  try {
    api::set_clock(service.clock(), first);
    return service.run({.account = service.settings().account, .region = service.settings().region},
                       [&](api::Context& context) {
                         std::string made = work(context);
                         service.baseline().write_clock();
                         return made;
                       });
  } catch (...) {
    service.clock() = before;
    throw;
  }
}

auto read_file(const std::string& path) -> std::string {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) throw UnusableSeed("The seed file " + path + " cannot be read.");
  // The byte order mark, which editors on Windows write.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return text;
}

// Converts an error in a document to an error in the file.
template <class Work>
auto of_file(const std::string& file, Work work) {
  try {
    return work();
  } catch (const api::MalformedSeed& error) {
    throw UnusableSeed(file + ": " + error.what());
  } catch (const api::RefusedSeed& error) {
    throw UnusableSeed(file + ": " + error.what());
  }
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
  return apply(service, document, [&](api::Context& context) { return api::apply_seed(context, document); });
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
  std::vector<api::SeedDocument> documents;
  for (const auto& file : files) documents.push_back(of_file(file, [&] { return api::parse_seed(read_file(file)); }));
  if (documents.empty()) return;
  for (std::size_t i = 1; i < files.size(); ++i)
    of_file(files[i], [&] { api::check_no_clock(documents[i], kNotEmpty); });
  const auto apply_all = [&](api::Context& context) {
    std::string made;
    for (std::size_t i = 0; i < files.size(); ++i) {
      made = of_file(files[i], [&] { return api::apply_seed(context, documents[i]); });
    }
    return made;
  };
  of_file(files.front(), [&] { return apply(service, documents.front(), apply_all); });
}

}  // namespace workmail::server
