// The files of server/console/, which the build puts into the program.
#pragma once

#include <span>
#include <string_view>

namespace workmail::server::console {

struct File {
  std::string_view name;
  std::string_view entity_tag;  // of the content, with its quotation marks
  std::string_view gzip;
};

auto files() -> std::span<const File>;

}  // namespace workmail::server::console
