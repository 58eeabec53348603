#include "server/control/plane.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>

#include "api/wire/codec.h"
#include "generated/workmail/control_shapes.h"
#include "server/console/console.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/process/log.h"
#include "server/process/text.h"

namespace workmail::server::control {

namespace {

constexpr std::string_view kJson = "application/json";

// Removes the first segment, and the slash before it, from the path.
auto take_segment(std::string_view& path) -> std::string_view {
  const auto segment = path.substr(0, path.find('/', 1));
  path.remove_prefix(segment.size());
  return segment;
}

auto matches(std::string_view pattern, std::string_view path) -> bool {
  while (!pattern.empty() && !path.empty()) {
    const auto expected = take_segment(pattern);
    const auto segment = take_segment(path);
    const bool any = expected.starts_with("/{") && segment.size() > 1;
    if (!any && segment != expected) return false;
  }
  return pattern.empty() && path.empty();
}

// The endpoint; a HEAD is handled like a GET, and the session sends only the head.
auto find_endpoint(std::string_view method, std::string_view path) -> const Endpoint* {
  for (const auto& endpoint : kEndpoints) {
    const bool same = endpoint.method == method || (method == "HEAD" && endpoint.method == "GET");
    if (same && matches(endpoint.path, path)) return &endpoint;
  }
  return nullptr;
}

// The methods of a path, for the header Allow; empty for an unknown path.
auto allowed_methods(std::string_view path) -> std::string {
  std::string allowed;
  for (const auto& endpoint : kEndpoints) {
    if (!matches(endpoint.path, path)) continue;
    if (!allowed.empty()) allowed += ", ";
    allowed += endpoint.method;
    if (endpoint.method == "GET") allowed += ", HEAD";
  }
  return allowed;
}

[[noreturn]] void refuse_route(const Request& request, std::string_view path, Reply& reply) {
  const std::string allowed = allowed_methods(path);
  const std::string shown = printable(request.path);
  if (allowed.empty()) throw NotFound("There is no " + shown + ".");
  reply.add_field("Allow", allowed);
  throw MethodNotAllowed(shown + " takes " + allowed + ".");
}

// Compares in a time that reveals only the length of the secret.
auto same(std::string_view text, std::string_view secret) -> bool {
  return text.size() == secret.size() && sodium_memcmp(text.data(), secret.data(), text.size()) == 0;
}

// The text after the scheme, which is case-insensitive (RFC 9110, 11.1); empty for any other scheme.
auto bearer_token(std::string_view authorization) -> std::string_view {
  constexpr std::string_view kScheme = "Bearer ";
  if (!equals_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return {};
  authorization.remove_prefix(kScheme.size());
  authorization.remove_prefix(std::min(authorization.find_first_not_of(' '), authorization.size()));
  return authorization;
}

void require_token(const Plane& plane, const Request& request) {
  if (plane.token.empty() || same(bearer_token(request.field("Authorization")), plane.token)) return;
  throw Forbidden("The control plane requires the token of --control-token.");
}

// The endpoint or nullptr; called only for clients that may know which endpoints exist.
auto enter(const Plane& plane, const Request& request) -> const Endpoint* {
  const auto* endpoint = find_endpoint(request.method, request.path.substr(kRoot.size()));
  if (endpoint == nullptr || !endpoint->open) require_token(plane, request);
  return endpoint;
}

// Bodies are not decompressed, so a compressed one would get a misleading error.
void refuse_compressed(const Request& request) {
  if (request.body.empty() || compression_of(request).empty()) return;
  throw BadRequest("Compressed bodies are not supported.");
}

}  // namespace

auto new_console_key() -> std::string {
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 2 * bytes.size() + 1> digits{};
  return sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
}

auto is_console_key(const Plane& plane, std::string_view text) -> bool {
  return same(text, plane.console_key);
}

auto answer(Plane& plane, const Request& request, Reply& reply) -> std::string_view {
  const auto path = request.path.substr(kRoot.size());
  reply.content_type = kJson;
  try {
    const auto* endpoint = enter(plane, request);
    if (endpoint == nullptr) refuse_route(request, path, reply);
    refuse_compressed(request);
    endpoint->handle(plane, request, reply);
    return {};
  } catch (const ControlError& error) {
    write_error(reply, error.status(), error.code(), error.message());
    return error.code();
  }
}

auto refuse_head(const Plane& plane, const Request& request, Reply& reply) -> bool {
  try {
    enter(plane, request);
    return false;
  } catch (const ControlError& error) {
    write_error(reply, error.status(), error.code(), error.message());
    return true;
  }
}

void console_page(Plane& /*plane*/, const Request& request, Reply& reply) {
  console::answer(console::kPage, request, reply);
}

// Only for the page of this server: no other page may read it, and it does not appear in a URL.
void console_key(Plane& plane, const Request& request, Reply& reply) {
  const auto site = request.field("Sec-Fetch-Site");
  const bool own = request.field("Origin").empty() && (site.empty() || site == "same-origin");
  if (!own) throw Forbidden("Only the console's own page can read its key.");
  reply.add_field("Cache-Control", "no-store");
  write_answer(reply, ConsoleKeyAnswer{.key = plane.console_key});
}

void console_file(Plane& /*plane*/, const Request& request, Reply& reply) {
  const auto name = path_segment(request, 1);
  if (!console::answer(name, request, reply)) throw NotFound("The console has no file " + printable(name) + ".");
}

auto takes_upload(std::string_view method, std::string_view path) -> bool {
  if (!path.starts_with(kRoot)) return false;
  const auto* endpoint = find_endpoint(method, path.substr(kRoot.size()));
  return endpoint != nullptr && endpoint->upload;
}

auto path_segment(const Request& request, std::size_t index) -> std::string_view {
  auto path = request.path.substr(kRoot.size());
  for (; index > 0; --index) take_segment(path);
  const auto segment = take_segment(path);
  return segment.empty() ? segment : segment.substr(1);
}

void write_error(Reply& reply, int status, std::string_view code, std::string_view message) {
  reply.status = status;
  reply.content_type = kJson;
  reply.write({});
  write_answer(reply, ErrorAnswer{.error = {.code = std::string(code), .message = std::string(message)}});
}

}  // namespace workmail::server::control
