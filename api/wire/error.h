// The base class of all errors that a call returns. Errors of the model are generated types
// (generated/workmail/errors.h); those of AWS's framework are here. Their texts are in api/call/errors.h.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace workmail::api {

class Error : public std::exception {
 public:
  // `message_member` is the name of the text in the body: Message in errors of the model, message in the framework's.
  Error(std::string_view code, std::string message, std::string_view message_member, int status = 400)
      : code_(code), message_(std::move(message)), message_member_(message_member), status_(status) {}

  [[nodiscard]] auto what() const noexcept -> const char* override { return message_.c_str(); }
  [[nodiscard]] auto code() const -> std::string_view { return code_; }  // a literal
  [[nodiscard]] auto message() const -> const std::string& { return message_; }
  [[nodiscard]] auto message_member() const -> std::string_view { return message_member_; }
  [[nodiscard]] auto status() const -> int { return status_; }

 private:
  std::string_view code_;
  std::string message_;
  std::string_view message_member_;
  int status_;
};

// The base class of the generated types.
struct ModelledError : Error {
  ModelledError(std::string_view code, std::string message) : Error(code, std::move(message), "Message") {}
};

// The framework's errors: every operation can return them, although none declares them.
struct FrameworkError : Error {
  FrameworkError(std::string_view code, std::string message, int status = 400)
      : Error(code, std::move(message), "message", status) {}
};

struct SerializationException : FrameworkError {
  explicit SerializationException(std::string message = {})
      : FrameworkError("SerializationException", std::move(message)) {}
};

struct UnknownOperationException : FrameworkError {
  explicit UnknownOperationException(std::string message = {})
      : FrameworkError("UnknownOperationException", std::move(message)) {}
};

struct ValidationException : FrameworkError {
  explicit ValidationException(std::string message) : FrameworkError("ValidationException", std::move(message)) {}
};

struct InternalFailure : FrameworkError {
  InternalFailure() : FrameworkError("InternalFailure", "The emulator failed; its log has the reason.", 500) {}
};

// Appends the body of the response.
void write_error(const Error& error, std::string& answer);

}  // namespace workmail::api
