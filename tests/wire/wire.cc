#include "wire.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <future>

#include "server/process/real_time.h"
#include "server/process/version.h"

namespace workmail::server {

namespace {

constexpr timeval kPatience{.tv_sec = 10, .tv_usec = 0};

// Small, so that a client that does not read is detected before the system has buffered megabytes.
constexpr int kReceiveBuffer = 16'384;

auto small(std::string text) -> std::string {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

void read_head(std::string_view head, Answer& answer) {
  if (!head.starts_with("HTTP/1.1 ")) return;
  answer.status = std::stoi(std::string(head.substr(9, 3)));
  auto line = head.find("\r\n");
  while (line != std::string_view::npos && line + 2 < head.size()) {
    const auto begin = line + 2;
    line = head.find("\r\n", begin);
    const auto text = head.substr(begin, line - begin);
    const auto colon = text.find(": ");
    answer.fields[small(std::string(text.substr(0, colon)))] = std::string(text.substr(colon + 2));
  }
}

}  // namespace

TestServer::TestServer(const Limits& limits, const api::Settings& settings, Snapshots snapshots,
                       const std::string& data, std::size_t memory_limit)
    : store(data),
      clock(real_time),
      service(store, clock, ids, settings, [](const std::string&) {}),
      emulator_{.service = service,
                .storage = "memory",
                .started = std::chrono::steady_clock::now(),
                .memory_limit = memory_limit,
                .snapshots = std::move(snapshots)},
      server_({.host = "localhost", .port = 0}, limits, router_, log_) {
  plane_.connections = &server_.connections();
  service.baseline().mark();
  thread_ = std::thread([this] { server_.run(); });
}

TestServer::~TestServer() {
  if (!thread_.joinable()) return;
  run([this] { server_.io().stop(); });
  thread_.join();
}

void TestServer::run(const std::function<void()>& work) {
  std::promise<void> done;
  boost::asio::post(server_.io(), [&] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

auto TestServer::memory_used() -> std::size_t {
  std::size_t used = 0;
  run([&] { used = emulator_.memory.used(); });
  return used;
}

void TestServer::wait() {
  thread_.join();
}

Client::Client(std::uint16_t port, const char* host) {
  const bool v6 = std::string_view(host).find(':') != std::string_view::npos;
  socket_ = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
  int result = -1;
  if (v6) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    address.sin6_addr = in6addr_loopback;
    result = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  } else {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    result = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  EXPECT_EQ(result, 0) << "cannot connect to " << host << " port " << port;
}

Client::~Client() {
  ::close(socket_);
}

auto Client::send(std::string_view bytes) -> bool {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

auto Client::receive_more() -> bool {
  char buffer[16384];
  const auto size = ::recv(socket_, buffer, sizeof buffer, 0);
  EXPECT_FALSE(size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "the server sends nothing";
  if (size <= 0) return false;
  received_.append(buffer, static_cast<std::size_t>(size));
  return true;
}

auto Client::receive(bool head_only) -> Answer {
  Answer answer;
  auto end = received_.find("\r\n\r\n");
  for (; end == std::string::npos; end = received_.find("\r\n\r\n")) {
    if (!receive_more()) return answer;
  }
  read_head(std::string_view(received_).substr(0, end), answer);
  received_.erase(0, end + 4);
  const auto length = answer.field("content-length");
  const std::size_t size = head_only || length.empty() ? 0 : std::stoul(length);
  while (received_.size() < size) {
    if (!receive_more()) return {};
  }
  answer.body = received_.substr(0, size);
  received_.erase(0, size);
  return answer;
}

auto Client::at_end() -> bool {
  return received_.empty() && !receive_more();
}

auto Client::is_reset() -> bool {
  char byte = 0;
  return received_.empty() && ::recv(socket_, &byte, 1, 0) < 0 && errno == ECONNRESET;
}

auto Client::receive_until(std::string_view end) -> std::string {
  auto place = received_.find(end);
  for (; place == std::string::npos; place = received_.find(end)) {
    if (!receive_more()) return {};
  }
  const std::string text = received_.substr(0, place + end.size());
  received_.erase(0, text.size());
  return text;
}

auto Client::receive_some(std::size_t most) -> std::string {
  if (received_.empty() && !receive_more()) return {};
  const std::string text = received_.substr(0, most);
  received_.erase(0, text.size());
  return text;
}

auto request_text(std::string_view method, std::string_view path, std::string_view body, std::string_view fields)
    -> std::string {
  std::string text(method);
  text.append(" ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n").append(fields);
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text.append("\r\n").append(body);
}

auto call_text(std::string_view operation, std::string_view body, std::string_view fields) -> std::string {
  std::string all(fields);
  all.append("Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: WorkMailService.")
      .append(operation)
      .append("\r\n");
  return request_text("POST", "/", body, all);
}

auto ask(const TestServer& server, std::string_view method, std::string_view path, std::string_view body) -> Answer {
  Client client(server.port());
  client.send(request_text(method, path, body));
  return client.receive(method == "HEAD");
}

auto call(const TestServer& server, std::string_view operation, std::string_view body, std::string_view fields)
    -> Answer {
  Client client(server.port());
  client.send(call_text(operation, body, fields));
  return client.receive();
}

auto member_of(const std::string& json, const std::string& name) -> std::string {
  const std::string key = "\"" + name + "\":\"";
  const auto begin = json.find(key);
  if (begin == std::string::npos) return {};
  return json.substr(begin + key.size(), json.find('"', begin + key.size()) - begin - key.size());
}

void expect_error(const Answer& answer, int status, const std::string& code, const std::string& part_of_message) {
  EXPECT_EQ(answer.status, status) << answer.body;
  EXPECT_TRUE(answer.body.starts_with(R"({"error":{"code":")" + code + "\"")) << answer.body;
  EXPECT_NE(answer.body.find(part_of_message), std::string::npos) << answer.body;
  EXPECT_EQ(answer.field("content-type"), "application/json");
  EXPECT_EQ(answer.field("x-workmail-local"), kVersion);
}

}  // namespace workmail::server
