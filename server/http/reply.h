// An answer in the making. The body is written first; finish() puts the head in front of it, in the same memory, so
// that one write sends both. The memory is used again for the next answer.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/live.h"

namespace workmail::server {

// Types of bodies that more than one kind of answer has.
inline constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
inline constexpr std::string_view kXml = "text/xml";

class Reply {
 public:
  // What the connection decides about the head.
  struct Framing {
    bool keep_alive;
    bool old_client;       // HTTP/1.0 needs a header for a connection that stays
    bool head_only;        // the body is counted, not sent
    bool endless = false;  // the body ends with the connection
    bool chunked = false;  // the body follows in chunks
    std::string_view date;
  };

  int status = 200;
  std::string_view content_type;  // empty: no such header; otherwise a literal

  // Set by an endpoint whose answer is not complete at once.
  std::function<Task<void>(Reply& reply)> completion;  // makes the answer, which takes time; other requests go on
  std::unique_ptr<HeldAnswer> held;
  std::unique_ptr<EventStream> events;  // follow the body
  std::unique_ptr<PiecedBody> pieces;   // follow the body, which is the first of them

  // Forgets the last answer.
  void clear();
  // What it takes, and giving that back.
  [[nodiscard]] auto bytes() const -> std::size_t { return text_.capacity() + fields_.capacity() + head_.capacity(); }
  void release();
  // `name` and `value` must not contain line ends.
  void add_field(std::string_view name, std::string_view value);
  // To append the body to; it begins with room for the head.
  [[nodiscard]] auto body() -> std::string& { return text_; }
  // The body.
  [[nodiscard]] auto content() const -> std::string_view;
  // The same, taken out.
  auto take() -> std::string;
  // Makes this the whole body.
  void write(std::string_view body);

  // The bytes to send, valid until the next change.
  auto finish(const Framing& framing) -> std::string_view;

 private:
  std::string text_;    // room for the head, then the body
  std::string fields_;  // lines of the head
  std::string head_;
};

}  // namespace workmail::server
