// A response that is being built. The body is written first; finish() puts the head before it, in the same memory, so
// that one write sends both. The memory is reused for the next response.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/live.h"

namespace workmail::server {

// Content types that several kinds of responses use.
inline constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
inline constexpr std::string_view kXml = "text/xml";

class Reply {
 public:
  // Properties of the connection that affect the head.
  struct Framing {
    bool keep_alive;
    bool old_client;       // HTTP/1.0 needs a header for a persistent connection
    bool head_only;        // the size of the body is sent, but not the body
    bool endless = false;  // the body ends with the connection
    bool chunked = false;  // the body follows in chunks
    std::string_view date;
  };

  int status = 200;
  std::string_view content_type;  // a literal; empty for no such header

  // Set by an endpoint whose response is not complete at once.
  std::function<Task<void>(Reply& reply)> completion;  // creates the response asynchronously
  std::unique_ptr<HeldAnswer> held;
  std::unique_ptr<EventStream> events;  // follow the body
  std::unique_ptr<PiecedBody> pieces;   // follow the body, which is the first piece

  // Clears the last response.
  void clear();
  // The memory in use, and freeing it.
  [[nodiscard]] auto bytes() const -> std::size_t { return text_.capacity() + fields_.capacity() + head_.capacity(); }
  void release();
  // `name` and `value` must not contain line breaks.
  void add_field(std::string_view name, std::string_view value);
  // The text to which the body is appended; it begins with room for the head.
  [[nodiscard]] auto body() -> std::string& { return text_; }
  // The body.
  [[nodiscard]] auto content() const -> std::string_view;
  // The same, moved out.
  auto take() -> std::string;
  // Replaces the whole body.
  void write(std::string_view body);

  // The bytes to send, valid until the next change.
  auto finish(const Framing& framing) -> std::string_view;

 private:
  std::string text_;    // room for the head, then the body
  std::string fields_;  // lines of the head
  std::string head_;
};

}  // namespace workmail::server
