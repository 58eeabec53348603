#include "server/http/reply.h"

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <ostream>  // which the header of Boost 1.81 uses and does not include

#include "server/process/version.h"

namespace workmail::server {

namespace {

// More than the head of an API response needs.
constexpr std::size_t kHeadRoom = 512;

// The memory of a far larger body than usual is freed.
constexpr std::size_t kMemoryKept = std::size_t{64} * 1024;

auto reason(int status) -> std::string_view {
  const auto text = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return {text.data(), text.size()};
}

void add_line(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  head += value;
  head += "\r\n";
}

}  // namespace

void Reply::clear() {
  status = 200;
  content_type = {};
  completion = nullptr;
  held.reset();
  events.reset();
  pieces.reset();
  if (text_.capacity() > kMemoryKept) std::string().swap(text_);
  text_.resize(kHeadRoom);
  fields_.clear();
}

void Reply::release() {
  clear();
  for (auto* text : {&text_, &fields_, &head_}) std::string().swap(*text);
  text_.resize(kHeadRoom);
}

void Reply::add_field(std::string_view name, std::string_view value) {
  add_line(fields_, name, value);
}

auto Reply::content() const -> std::string_view {
  return std::string_view(text_).substr(kHeadRoom);
}

auto Reply::take() -> std::string {
  std::string taken(content());
  write({});
  return taken;
}

void Reply::write(std::string_view body) {
  text_.resize(kHeadRoom);
  text_ += body;
}

auto Reply::finish(const Framing& framing) -> std::string_view {
  const std::size_t length = text_.size() - kHeadRoom;
  head_ = "HTTP/1.1 ";
  head_ += std::to_string(status);
  head_ += ' ';
  head_ += reason(status);
  head_ += "\r\n";
  add_line(head_, "Date", framing.date);
  add_line(head_, "x-workmail-local", kVersion);
  if (!content_type.empty()) add_line(head_, "Content-Type", content_type);
  // Responses that never have a body must not have a Content-Length (RFC 9110, 8.6).
  const bool counted = !framing.endless && !framing.chunked && status != 204 && status != 304;
  if (counted) add_line(head_, "Content-Length", std::to_string(length));
  if (framing.chunked) add_line(head_, "Transfer-Encoding", "chunked");
  head_ += fields_;
  if (!framing.keep_alive) add_line(head_, "Connection", "close");
  if (framing.keep_alive && framing.old_client) add_line(head_, "Connection", "keep-alive");
  head_ += "\r\n";
  const std::size_t room = std::max(kHeadRoom, head_.size());
  const std::size_t begin = room - head_.size();
  text_.insert(0, room - kHeadRoom, '\0');
  text_.replace(begin, head_.size(), head_);
  const std::string_view all(text_);
  return framing.head_only ? all.substr(begin, head_.size()) : all.substr(begin);
}

}  // namespace workmail::server
