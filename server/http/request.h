// A request, as http_session passes it to handlers.
#pragma once

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/fields.hpp>
#include <memory_resource>
#include <string>
#include <string_view>

namespace workmail::server {

class MemoryShare;

struct Target {
  std::string_view path;  // empty if the head could not be read
  std::string_view query;
};

// The parts of a request's target. The absolute form, which proxies get, is allowed.
auto split_target(std::string_view text) -> Target;

// Allocated from the session's memory, which is reused for the next request.
using Fields = boost::beast::http::basic_fields<std::pmr::polymorphic_allocator<char>>;

struct Request {
  std::string_view method;
  std::string_view path;
  std::string_view query;  // without the question mark
  const Fields& fields;
  std::string& body;                     // the handler may parse it in place
  std::string_view source_address = {};  // of the client
  MemoryShare* memory = nullptr;         // counts the body

  // The first header with this name, which is case-insensitive; empty if there is none. A linear search, which is
  // faster than Beast's tree for the about ten headers of a request.
  [[nodiscard]] auto field(std::string_view name) const -> std::string_view {
    const boost::beast::string_view wanted(name.data(), name.size());
    for (const auto& found : fields) {
      if (boost::beast::iequals(found.name_string(), wanted)) return {found.value().data(), found.value().size()};
    }
    return {};
  }
};

// The compression of the body: the value of Content-Encoding, or "gzip" by its first bytes; empty if it is not
// compressed.
auto compression_of(const Request& request) -> std::string_view;

}  // namespace workmail::server
