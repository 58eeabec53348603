#include "api/call/client_tokens.h"

#include <rapidjson/document.h>

#include <stdexcept>

#include "api/call/context.h"
#include "api/wire/json_text.h"
#include "api/wire/time_text.h"
#include "generated/workmail/errors.h"

namespace workmail::api {

namespace {

constexpr Duration kRemembered = std::chrono::hours(24);

}  // namespace

auto answer_to_client_token(Context& context, std::string_view operation, std::string_view token,
                            std::string_view parameters) -> std::optional<std::string> {
  const auto found = context.store.client_tokens.find({context.account, context.region, operation, token}, context.now);
  if (!found) return std::nullopt;
  if (found->parameters != parameters) {
    throw InvalidParameterException("ClientToken " + std::string(token) + " was used before with other parameters");
  }
  rapidjson::Document answer;
  if (!parse_json(found->answer, answer) || !answer.IsObject()) throw std::runtime_error("a stored answer is no JSON");
  return found->answer;
}

void remember_client_token(Context& context, std::string_view operation, std::string_view token,
                           std::string_view parameters, std::string_view answer) {
  context.store.client_tokens.forget_until(context.now);
  context.store.client_tokens.add({context.account, context.region, operation, token}, parameters, answer,
                                  later(context.now, kRemembered));
}

}  // namespace workmail::api
