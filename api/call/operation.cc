#include "api/call/operation.h"

#include "api/call/context.h"
#include "api/wire/error.h"
#include "generated/workmail/errors.h"
#include "store/text.h"

namespace workmail::api {

namespace {

auto message_of(const Decoder& decoder) -> std::string {
  const auto count = decoder.violation_count();
  return std::to_string(count) + (count == 1 ? " validation error detected: " : " validation errors detected: ") +
         store::joined(decoder.violations(), "; ");
}

}  // namespace

auto find_operation(std::string_view name) -> const Operation* {
  const auto all = operations();
  const auto found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](const Operation& operation, std::string_view wanted) { return operation.name < wanted; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

void refuse_violations(const Operation& operation, const Decoder& decoder) {
  if (decoder.violation_count() == 0) return;
  // AWS: undocumented for WorkMail; assumed (Q-broken-constraint). Operations that declare InvalidParameterException
  // can hardly mean anything else by it, and CloudWatch Logs and Transcribe rename the framework's ValidationException
  // to it in the same way.
  if (operation.declares(InvalidParameterException::kCode)) throw InvalidParameterException(message_of(decoder));
  throw ValidationException(message_of(decoder));
}

void note_unknown_members(Context& context, const std::vector<std::string>& members) {
  if (context.unknown_members != nullptr) *context.unknown_members = members;
}

}  // namespace workmail::api
