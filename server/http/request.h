// A request as handlers see it, after http_session has read it.
#pragma once

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/fields.hpp>
#include <memory_resource>
#include <string>
#include <string_view>

namespace workmail::server {

class MemoryShare;

struct Target {
  std::string_view path;  // empty when the head could not be read
  std::string_view query;
};

// The parts of a request's target. One with a host before the path is for proxies, and allowed.
auto split_target(std::string_view text) -> Target;

// Allocated from the session's memory, which is used again for the next request.
using Fields = boost::beast::http::basic_fields<std::pmr::polymorphic_allocator<char>>;

struct Request {
  std::string_view method;
  std::string_view path;
  std::string_view query;  // without the question mark
  const Fields& fields;
  std::string& body;                     // the handler may parse it in place
  std::string_view source_address = {};  // of the client
  MemoryShare* memory = nullptr;         // in which the body is counted

  // The first header of that name, whatever the case; empty when there is none. Looks at one after the other, which for
  // the ten that a request has is faster than the tree in which Beast has them too.
  [[nodiscard]] auto field(std::string_view name) const -> std::string_view {
    const boost::beast::string_view wanted(name.data(), name.size());
    for (const auto& found : fields) {
      if (boost::beast::iequals(found.name_string(), wanted)) return {found.value().data(), found.value().size()};
    }
    return {};
  }
};

// How the body is compressed: as Content-Encoding has it, or "gzip" by its first bytes; empty when it is not.
auto compression_of(const Request& request) -> std::string_view;

}  // namespace workmail::server
