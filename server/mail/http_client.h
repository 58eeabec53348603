// One HTTP request and its whole answer, over a connection of its own: how this program calls Lambda functions and S3.
// Nothing here waits without the loop, and whoever ends the coroutine closes the connection. What requests mean, and
// their signatures, are left to server/mail/functions and server/mail/object_storage.
#pragma once

#include <boost/beast/http/fields.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/mail/http_endpoint.h"
#include "server/process/asio.h"

namespace workmail::server {

struct HttpRequest {
  using Header = std::pair<std::string, std::string>;  // name and value

  std::string method;
  std::string target;           // path and query, encoded
  std::vector<Header> headers;  // without Host, Content-Length and Connection
  std::string body;
};

struct HttpLimits {
  std::chrono::milliseconds deadline;         // for everything, from the name to the last byte
  std::size_t body;                           // bytes of the answer's body
  std::size_t head = std::size_t{16} * 1024;  // and of its head
};

struct HttpAnswer {
  int status = 0;
  boost::beast::http::fields fields;
  std::string body;
  std::string failure;  // a sentence, when no whole answer has come; the rest is then empty

  // The first header of that name, whatever the case; empty when there is none.
  [[nodiscard]] auto field(std::string_view name) const -> std::string_view;
};

auto exchange(HttpEndpoint endpoint, HttpRequest request, HttpLimits limits) -> Task<HttpAnswer>;

// "15 s", "20 ms".
auto duration_text(std::chrono::milliseconds duration) -> std::string;

}  // namespace workmail::server
