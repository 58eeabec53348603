#include "server/console/console.h"

#include <algorithm>

#include "server/console/console_files.h"

namespace workmail::server::console {

namespace {

// The page loads only files of this server. Text that it shows can become neither a script nor a request to another
// server.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types "
    "'none'";

auto content_type_of(std::string_view name) -> std::string_view {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  return "text/javascript; charset=utf-8";
}

// Whether the header allows gzip, or is absent, which allows any encoding (RFC 9110, 12.5.3).
auto takes_gzip(const Request& request) -> bool {
  const auto found = request.fields.find("Accept-Encoding");
  if (found == request.fields.end()) return true;
  const std::string_view accepted(found->value().data(), found->value().size());
  const auto begin = std::min(accepted.find("gzip"), accepted.find('*'));
  if (begin == std::string_view::npos) return false;
  const auto coding = accepted.substr(begin, accepted.substr(begin).find(','));
  return !coding.ends_with("q=0");
}

// Whether the browser already has this content, by one of the two headers for this.
auto has_it(const Request& request, const File& file) -> bool {
  const auto known = request.field("If-None-Match");
  return known == "*" || known.find(file.entity_tag) != std::string_view::npos;
}

}  // namespace

auto answer(std::string_view name, const Request& request, Reply& reply) -> bool {
  const auto all = files();
  const auto file = std::find_if(all.begin(), all.end(), [name](const File& one) { return one.name == name; });
  if (file == all.end()) return false;

  reply.add_field("ETag", file->entity_tag);
  reply.add_field("Cache-Control", "no-cache");
  reply.add_field("Vary", "Accept-Encoding");
  reply.add_field("Content-Security-Policy", kPolicy);
  reply.add_field("X-Content-Type-Options", "nosniff");
  reply.add_field("Referrer-Policy", "no-referrer");
  if (has_it(request, *file)) {
    reply.status = 304;
    reply.content_type = {};
  } else if (!takes_gzip(request)) {
    reply.status = 406;
    reply.content_type = "text/plain; charset=utf-8";
    reply.write("The console is kept compressed, for clients with Accept-Encoding: gzip.\n");
  } else {
    reply.content_type = content_type_of(name);
    reply.add_field("Content-Encoding", "gzip");
    reply.write(file->gzip);
  }
  return true;
}

}  // namespace workmail::server::console
