// A --data file that is replaced while its server runs, and then belongs to another server: neither overwrites the
// other.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "running.h"

namespace workmail::server {
namespace {

class ReplacedData : public ::testing::Test {
 protected:
  [[nodiscard]] auto options() const -> std::vector<std::string> { return {"--data", data_, "--log", "text"}; }
  static auto create(const Running& server, const std::string& alias) -> int {
    return server.call("CreateOrganization", R"({"Alias":")" + alias + "\"}").status;
  }
  static auto has(const Running& server, const std::string& alias) -> bool {
    return server.call("ListOrganizations", "{}").body.find("\"" + alias + "\"") != std::string::npos;
  }
  static void stop(Running& server) {
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(), 0) << server.errors();
  }

  Folder folder_;
  const std::string data_ = folder_.file("data.sqlite");
  const std::string old_ = folder_.file("old.sqlite");
};

TEST_F(ReplacedData, IsWrittenByItsNewServerAlone) {
  Running first(options());
  EXPECT_EQ(create(first, "first"), 200);
  for (const std::string log : {"", "-wal"}) std::filesystem::rename(data_ + log, old_ + log);
  Running second(options());
  EXPECT_EQ(create(second, "second"), 200);
  EXPECT_EQ(create(first, "lost"), 500);
  EXPECT_TRUE(has(first, "first")) << "it can still be read";
  EXPECT_EQ(create(second, "third"), 200);
  stop(first);
  EXPECT_EQ(create(second, "fourth"), 200) << "its log was not taken away";
  stop(second);
  {
    const Running after(options());
    for (const auto* alias : {"second", "third", "fourth"}) EXPECT_TRUE(has(after, alias)) << alias;
    for (const auto* alias : {"first", "lost"}) EXPECT_FALSE(has(after, alias)) << alias;
  }
  const Running moved({"--data", old_, "--log", "text"});
  EXPECT_TRUE(has(moved, "first"));
  EXPECT_FALSE(has(moved, "lost"));
}

// The log may be beside the new file, and then belongs to its server.
TEST_F(ReplacedData, KeepsTheLogThatItsNewServerHasTakenOver) {
  Running first(options());
  EXPECT_EQ(create(first, "first"), 200);
  std::filesystem::copy_file(data_, old_);
  std::filesystem::rename(old_, data_);
  Running second(options());
  EXPECT_EQ(create(second, "second"), 200);
  EXPECT_EQ(create(first, "lost"), 500);
  stop(first);
  // Acknowledged writes are only in its log.
  second.signal(SIGKILL);
  EXPECT_EQ(second.wait(), -SIGKILL);
  const Running after(options());
  EXPECT_TRUE(has(after, "second"));
  EXPECT_FALSE(has(after, "lost"));
}

}  // namespace
}  // namespace workmail::server
