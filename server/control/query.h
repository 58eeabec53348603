// Reads what stands behind the question mark of an endpoint's address. As JsonRequest: ask for every parameter that the
// endpoint knows, then finish().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/control/violations.h"
#include "server/http/request.h"
#include "store/time.h"

namespace workmail::server::control {

class Query {
 public:
  explicit Query(const Request& request);

  // Optional parameters; an empty one counts as absent.
  auto text(std::string_view name) -> std::optional<std::string>;
  auto count(std::string_view name) -> std::optional<std::uint64_t>;
  auto duration(std::string_view name) -> std::optional<Duration>;

  void violation(std::string_view name, std::string_view what);

  // Throws BadRequest with what is wrong, unknown parameters included.
  void finish();

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
  std::vector<std::string_view> known_;
  Violations violations_;
};

}  // namespace workmail::server::control
