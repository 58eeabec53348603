// A server in the process of the test, on a free port with its own thread, and a client that sends raw bytes. Nothing
// here sleeps; a test fails if something does not arrive within ten seconds.
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
  // The bytes that count against --memory-limit.
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
  int status = 0;                             // 0: the connection ended before a complete response
  std::map<std::string, std::string> fields;  // by name in lower case
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

  // False if the server has closed the connection, which need not be an error: it may have rejected the request.
  auto send(std::string_view bytes) -> bool;
  // The next response of the connection; a response to HEAD has no body.
  auto receive(bool head_only = false) -> Answer;
  // Whether the server closes the connection without another byte.
  auto at_end() -> bool;
  // Whether the connection is reset without another byte.
  auto is_reset() -> bool;
  // Received data up to and including this text; empty if the connection ends before.
  auto receive_until(std::string_view end) -> std::string;
  // The next received data, at most `size` bytes; empty if the connection ends.
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

// One request on a new connection.
auto ask(const TestServer& server, std::string_view method, std::string_view path, std::string_view body = {})
    -> Answer;
auto call(const TestServer& server, std::string_view operation, std::string_view body, std::string_view fields = {})
    -> Answer;

// The text of a member that occurs once in a JSON object, without validating the rest; empty if it is absent.
auto member_of(const std::string& json, const std::string& name) -> std::string;

// Expects an error of the control plane.
void expect_error(const Answer& answer, int status, const std::string& code, const std::string& part_of_message);

}  // namespace workmail::server
