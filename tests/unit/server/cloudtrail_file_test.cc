#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/emulator/cloudtrail.h"

namespace workmail::server {
namespace {

// A file in a folder that is removed at the end.
class CloudTrailFiles : public testing::Test {
 protected:
  CloudTrailFiles() {
    std::string folder = std::filesystem::temp_directory_path() / "workmail-test-XXXXXX";
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    entry_.operation = "ListOrganizations";
    entry_.request_id = "00000000-0000-4000-8000-000000000001";
    entry_.status = 200;
  }
  ~CloudTrailFiles() override { std::filesystem::remove_all(folder_); }

  auto path() const -> std::string { return folder_ / "trail"; }
  auto text() const -> std::string {
    std::ostringstream text;
    text << std::ifstream(path()).rdbuf();
    return text.str();
  }
  auto lines() const -> long {
    const std::string all = text();
    return std::count(all.begin(), all.end(), '\n');
  }

  std::filesystem::path folder_;
  JournalEntry entry_;
};

// Limits the size of files of this process, like a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_DFL);
  }
  FullDisk(const FullDisk&) = delete;
  auto operator=(const FullDisk&) -> FullDisk& = delete;

 private:
  rlimit before_{};
};

TEST_F(CloudTrailFiles, NeverHaveHalfALine) {
  testing::internal::CaptureStderr();
  {
    Log log(LogFormat::Text, LogLevel::Warning);
    CloudTrailFile file(path(), log);
    for (int i = 0; i < 3; ++i) file.append(entry_);
    const std::string whole = text();
    {
      const FullDisk disk(whole.size() + 100);
      file.append(entry_);
      file.append(entry_);
      EXPECT_EQ(text(), whole) << "the part that had room is taken back";
    }
    {
      const FullDisk disk(whole.size());
      file.append(entry_);
      EXPECT_EQ(text(), whole);
    }
    file.append(entry_);
    file.append(entry_);
    EXPECT_EQ(lines(), 5);
    EXPECT_TRUE(text().starts_with(whole));
  }
  const std::string log = testing::internal::GetCapturedStderr();
  const auto first = log.find("The CloudTrail file " + path() + " cannot be written: No space left on device.");
  EXPECT_NE(first, std::string::npos) << log;
  EXPECT_EQ(log.find("cannot be written", first + 50 + path().size()), std::string::npos) << "is logged once: " << log;
  EXPECT_NE(log.find("can be written again; 3 records are missing."), std::string::npos) << log;
}

TEST_F(CloudTrailFiles, AreCreatedAgainAfterTheyWereMoved) {
  Log log(LogFormat::Off, LogLevel::Info);
  CloudTrailFile file(path(), log);
  file.append(entry_);
  std::filesystem::rename(path(), path() + ".1");
  file.append(entry_);
  EXPECT_EQ(lines(), 1);
  std::filesystem::remove(path());
  file.append(entry_);
  file.append(entry_);
  EXPECT_EQ(lines(), 2);
  // Continues with another file at its path.
  std::filesystem::rename(path() + ".1", path());
  file.append(entry_);
  EXPECT_EQ(lines(), 2);
}

TEST_F(CloudTrailFiles, HaveNoRecordOfWhatAwsHasNoRecordOf) {
  Log log(LogFormat::Off, LogLevel::Info);
  CloudTrailFile file(path(), log);
  entry_.operation = "NoSuchOperation";
  file.append(entry_);
  EXPECT_EQ(text(), "");
}

TEST_F(CloudTrailFiles, ThrowWhenTheyCannotBeOpened) {
  Log log(LogFormat::Off, LogLevel::Info);
  EXPECT_THROW(CloudTrailFile(path() + "/trail", log), std::runtime_error);
  EXPECT_THROW(CloudTrailFile(folder_, log), std::runtime_error);
}

}  // namespace
}  // namespace workmail::server
