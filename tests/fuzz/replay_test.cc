// Runs the targets with the initial inputs of the fuzzers, and with those of earlier findings.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/database_edits.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

using Target = void (*)(std::string_view input);

auto text_of(const std::filesystem::path& path) -> std::string {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Runs the target with every file of its folder. Returns their number.
auto replay(Target target, const std::string& folder) -> int {
  const std::filesystem::path path = std::string(WORKMAIL_SOURCE_FOLDER "/tests/fuzz/") + folder;
  if (!std::filesystem::exists(path)) return 0;
  int inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    EXPECT_NO_THROW(target(text_of(entry.path()))) << entry.path();
    ++inputs;
  }
  return inputs;
}

void replay_all(Target target, const std::string& name) {
  EXPECT_GT(replay(target, "corpus/" + name), 0);
  replay(target, "regressions/" + name);
}

TEST(Replay, OfRequests) {
  replay_all(http, "http");
}

TEST(Replay, OfControlRequests) {
  replay_all(control, "control");
}

TEST(Replay, OfSeedDocuments) {
  replay_all(seed, "seed");
}

TEST(Replay, OfAuthorizations) {
  replay_all(authorization, "authorization");
}

TEST(Replay, OfPageTokens) {
  replay_all(page_token, "page_token");
}

TEST(Replay, OfMail) {
  replay_all(mail, "mail");
}

TEST(Replay, OfDatabases) {
  replay_all(database, "database");
}

// Without a fuzzer, some of what it would try.
TEST(Replay, OfDatabasesThatAreEdited) {
  const std::filesystem::path folder = WORKMAIL_SOURCE_FOLDER "/tests/fuzz/corpus/database";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto file = text_of(entry.path());
    for (std::uint32_t seed = 0; seed < 30; ++seed) {
      EXPECT_NO_THROW(database(edited(file, seed))) << entry.path() << " with seed " << seed;
    }
  }
}

}  // namespace

}  // namespace workmail::fuzz
