// Sends one HTTP request over a new connection and reads the whole response, to call Lambda functions and S3. Never
// blocks the loop; destroying the coroutine closes the connection. server/mail/functions and server/mail/object_storage
// create and sign the requests.
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
  std::chrono::milliseconds deadline;         // for everything, from the name lookup to the last byte
  std::size_t body;                           // maximum bytes of the response's body
  std::size_t head = std::size_t{16} * 1024;  // and of the response's head
};

struct HttpAnswer {
  int status = 0;
  boost::beast::http::fields fields;
  std::string body;
  std::string failure;  // a sentence, if there is no complete response; the rest is then empty

  // The first header with this name, which is case-insensitive; empty if there is none.
  [[nodiscard]] auto field(std::string_view name) const -> std::string_view;
};

auto exchange(HttpEndpoint endpoint, HttpRequest request, HttpLimits limits) -> Task<HttpAnswer>;

// "15 s", "20 ms".
auto duration_text(std::chrono::milliseconds duration) -> std::string;

}  // namespace workmail::server
