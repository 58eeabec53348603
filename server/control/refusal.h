// What ends a call of the control plane with an error answer: {"error":{"code":…,"message":…}}.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace workmail::server::control {

class Refusal : public std::runtime_error {
 public:
  Refusal(int status, std::string_view code, const std::string& message)
      : std::runtime_error(message), status_(status), code_(code), message_(message) {}

  [[nodiscard]] auto status() const -> int { return status_; }
  [[nodiscard]] auto code() const -> std::string_view { return code_; }  // a literal
  // The whole of it: what() ends at a NUL, which a text of the client may hold.
  [[nodiscard]] auto message() const -> const std::string& { return message_; }

 private:
  int status_;
  std::string_view code_;
  std::string message_;
};

// Malformed: not what the endpoint takes, whatever the server holds.
struct BadRequest : Refusal {
  explicit BadRequest(const std::string& message) : Refusal(400, "BadRequest", message) {}
};

struct NotFound : Refusal {
  explicit NotFound(const std::string& message) : Refusal(404, "NotFound", message) {}
};

// In conflict with what the server holds.
struct Conflict : Refusal {
  explicit Conflict(const std::string& message) : Refusal(409, "Conflict", message) {}
};

// Well-formed, but makes no sense here.
struct NotApplicable : Refusal {
  explicit NotApplicable(const std::string& message) : Refusal(422, "NotApplicable", message) {}
};

struct Unavailable : Refusal {
  explicit Unavailable(const std::string& message) : Refusal(503, "Unavailable", message) {}
};

// By --memory-limit.
inline auto no_memory(const std::string& what) -> Unavailable {
  return Unavailable("There is no memory left for " + what +
                     ": --memory-limit. Delete snapshots or fault rules, or try again later.");
}

}  // namespace workmail::server::control
