#include "server/emulator/unknown_names.h"

#include <algorithm>
#include <vector>

#include "api/call/operation.h"
#include "api/call/operation_names.h"
#include "server/emulator/fault_errors.h"
#include "server/process/log.h"
#include "server/process/nearest_name.h"

namespace workmail::server {

auto in_quotation_marks(std::string_view text) -> std::string {
  return "\"" + printable(text) + "\"";
}

auto fault_in_operation(std::string_view pattern) -> std::string {
  std::vector<std::string_view> names;
  for (const auto& operation : api::operations()) names.push_back(operation.name);
  const bool names_one = std::any_of(names.begin(), names.end(),
                                     [pattern](std::string_view name) { return api::names_operation(pattern, name); });
  if (names_one) return {};
  const std::string meant = suggestion(pattern, names);
  return in_quotation_marks(pattern) + " names no operation of WorkMail" +
         (meant.empty() ? "; it takes names, and beginnings of names such as Create*" : meant);
}

auto fault_in_error(std::string_view code) -> std::string {
  const auto names = known_errors();
  if (std::find(names.begin(), names.end(), code) != names.end()) return {};
  return in_quotation_marks(code) + " is not an error of WorkMail" + suggestion(code, names);
}

}  // namespace workmail::server
