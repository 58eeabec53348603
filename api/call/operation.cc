#include "api/call/operation.h"

#include "api/call/context.h"
#include "api/wire/error.h"
#include "generated/workmail/errors.h"

namespace workmail::api {

auto find_operation(std::string_view name) -> const Operation* {
  const auto all = operations();
  const auto found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](const Operation& operation, std::string_view wanted) { return operation.name < wanted; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

void refuse_violations(const Operation& operation, const Decoder& decoder) {
  const auto count = decoder.violation_count();
  if (count == 0) return;
  const auto violations = decoder.violations();
  std::string message =
      std::to_string(count) + (count == 1 ? " validation error detected: " : " validation errors detected: ");
  for (std::size_t i = 0; i < violations.size(); ++i) message += (i == 0 ? "" : "; ") + violations[i];
  // AWS: unknown for WorkMail. Operations that declare InvalidParameterException can hardly mean anything else by it,
  // and CloudWatch Logs and Transcribe rename the framework's ValidationException to it in the same way.
  if (operation.declares(InvalidParameterException::kCode)) throw InvalidParameterException(message);
  throw ValidationException(message);
}

void note_passed_over(Context& context, const std::vector<std::string>& members) {
  if (context.passed_over != nullptr) *context.passed_over = members;
}

}  // namespace workmail::api
