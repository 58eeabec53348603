// A server inside the test's process, on a free port with a thread of its own, and a client that sends bytes as they
// are. Nothing here waits for time to pass; what does not come within ten seconds fails the test.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <thread>

#include "api/service.h"
#include "server/control/plane.h"
#include "server/emulator/snapshots.h"
#include "server/http/limits.h"
#include "server/process/log.h"
#include "server/router.h"
#include "server/server.h"

namespace workmail::server {

class TestServer {
 public:
  explicit TestServer(const Limits& limits = {}, const api::Settings& settings = {}, Snapshots snapshots = Snapshots(),
                      const std::string& data = {}, std::size_t memory_limit = MemoryBudget::kDefault);
  ~TestServer();

  [[nodiscard]] auto port() const -> std::uint16_t { return server_.port(); }
  // Runs `work` on the server's thread and waits for it.
  void run(const std::function<void()>& work);
  void stop() {
    run([this] { server_.stop(); });
  }
  // What counts against --memory-limit.
  auto memory_used() -> std::size_t;
  // Waits until the server has ended, after stop().
  void wait();

  store::Store store;
  api::Clock clock;
  api::Ids ids{api::Ids::Mode::Random};
  api::Service service;

 private:
  Log log_{LogFormat::Off, LogLevel::Info};
  Emulator emulator_;
  control::Plane plane_{.emulator = emulator_};
  Router router_{plane_, Browsers({"https://console.example"}), log_};
  Server server_;
  std::thread thread_;
};

struct Answer {
  int status = 0;                             // 0: the connection ended before a whole answer
  std::map<std::string, std::string> fields;  // by name in small letters
  std::string body;

  [[nodiscard]] auto field(const std::string& name) const -> std::string {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port, const char* host = "127.0.0.1");
  ~Client();
  Client(const Client&) = delete;
  auto operator=(const Client&) -> Client& = delete;

  // False when the server has ended the connection, which need not be an error: it may have refused already.
  auto send(std::string_view bytes) -> bool;
  // The next answer of the connection; that to a HEAD has no body.
  auto receive(bool head_only = false) -> Answer;
  // Whether the server ends the connection, without another byte.
  auto at_end() -> bool;
  // Whether the connection is reset, without another byte.
  auto is_reset() -> bool;
  // What comes up to this text, with it; empty when the connection ends before.
  auto receive_until(std::string_view end) -> std::string;
  // What comes next, so many bytes at most; empty when the connection ends.
  auto receive_some(std::size_t most) -> std::string;

 private:
  auto receive_more() -> bool;

  int socket_;
  std::string received_;
};

// The texts of requests.
auto request_text(std::string_view method, std::string_view path, std::string_view body, std::string_view fields = {})
    -> std::string;
auto call_text(std::string_view operation, std::string_view body, std::string_view fields = {}) -> std::string;

// One request on a connection of its own.
auto ask(const TestServer& server, std::string_view method, std::string_view path, std::string_view body = {})
    -> Answer;
auto call(const TestServer& server, std::string_view operation, std::string_view body, std::string_view fields = {})
    -> Answer;

// The text of a member of a JSON object that has it once, without judging the rest; empty when it is not there.
auto member_of(const std::string& json, const std::string& name) -> std::string;

// That this is an error of the control plane.
void expect_error(const Answer& answer, int status, const std::string& code, const std::string& part_of_message);

}  // namespace workmail::server
