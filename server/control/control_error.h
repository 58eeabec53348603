// The base class of all errors that the control plane returns: {"error":{"code":…,"message":…}}. The errors are
// generated from the model, api/model/control.json.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace workmail::server::control {

class ControlError : public std::runtime_error {
 public:
  ControlError(int status, std::string_view code, const std::string& message)
      : std::runtime_error(message), status_(status), code_(code), message_(message) {}

  [[nodiscard]] auto status() const -> int { return status_; }
  [[nodiscard]] auto code() const -> std::string_view { return code_; }  // a literal
  // The whole text; what() would end at a NUL, which the client's text may contain.
  [[nodiscard]] auto message() const -> const std::string& { return message_; }

 private:
  int status_;
  std::string_view code_;
  std::string message_;
};

}  // namespace workmail::server::control
