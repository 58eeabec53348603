// Calls that arrive together share one commit, with --data.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>

#include "wire.h"

namespace workmail::server {
namespace {

class CommitGroups : public ::testing::Test {
 protected:
  CommitGroups() {
    organization_ = member_of(call(server_, "CreateOrganization", R"({"Alias":"acme"})").body, "OrganizationId");
    server_.run([this] {
      sqlite3_commit_hook(server_.store.connection.handle(), &CommitGroups::on_commit, this);
      server_.service.commit_in_groups();
    });
    for (auto& client : clients_) {
      client.send(call_text("ListOrganizations", "{}"));
      EXPECT_EQ(client.receive().status, 200);
    }
    run([this] { commits_ = 0; });
  }
  ~CommitGroups() override {
    run([this] { sqlite3_commit_hook(server_.store.connection.handle(), nullptr, nullptr); });
  }

  void run(const std::function<void()>& work) { server_.run(work); }
  // While the server's thread runs this, it reads nothing, so all three calls are pending at once.
  void send_together(const std::string& first, const std::string& second, const std::string& third) {
    run([&] {
      clients_[0].send(first);
      clients_[1].send(second);
      clients_[2].send(third);
    });
  }
  auto create(const std::string& name) const -> std::string {
    return call_text("CreateUser",
                     R"({"OrganizationId":")" + organization_ + R"(","DisplayName":"","Name":")" + name + "\"}");
  }
  auto list() const -> std::string { return call_text("ListUsers", R"({"OrganizationId":")" + organization_ + "\"}"); }

  TestServer server_;
  std::string organization_;
  std::array<Client, 3> clients_{Client(server_.port()), Client(server_.port()), Client(server_.port())};
  int commits_ = 0;  // of writes
  bool commits_fail_ = false;

 private:
  static auto on_commit(void* test) -> int {
    auto& self = *static_cast<CommitGroups*>(test);
    ++self.commits_;
    return self.commits_fail_ ? 1 : 0;
  }
};

TEST_F(CommitGroups, HoldCallsThatArriveTogether) {
  send_together(create("a"), create("b"), create("c"));
  for (auto& client : clients_) EXPECT_EQ(client.receive().status, 200);
  run([this] { EXPECT_EQ(commits_, 1); });
}

TEST_F(CommitGroups, AnswerEveryCallOfAFailedCommitWith500) {
  run([this] { commits_fail_ = true; });
  send_together(create("a"), list(), create("b"));
  for (auto& client : clients_) {
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.field("x-amzn-errortype"), "InternalFailure");
    EXPECT_EQ(answer.field("x-amzn-requestid").size(), 36U);
    EXPECT_EQ(member_of(answer.body, "__type"), "InternalFailure");
  }
  run([this] { commits_fail_ = false; });
  EXPECT_EQ(ask(server_, "GET", "/_workmail/requests?error=InternalFailure").body.find("\"status\":200"),
            std::string::npos);
  clients_[0].send(list());
  EXPECT_EQ(clients_[0].receive().body, R"({"Users":[]})");
}

// The three may be read in any order; the control plane must never see uncommitted changes.
TEST_F(CommitGroups, AreCommittedBeforeTheControlPlaneReads) {
  run([this] { commits_fail_ = true; });
  send_together(create("a"), request_text("GET", "/_workmail/metrics", ""), create("b"));
  EXPECT_EQ(clients_[0].receive().status, 500);
  const auto metrics = clients_[1].receive();
  EXPECT_EQ(clients_[2].receive().status, 500);
  EXPECT_EQ(metrics.status, 200);
  EXPECT_NE(metrics.body.find("workmail_entities{kind=\"user\",state=\"DISABLED\"} 0\n"), std::string::npos);
}

}  // namespace
}  // namespace workmail::server
