// An operation of the API: its name, the errors that it declares, and a function that decodes and checks the input,
// runs the handler and encodes the output. The table operations() is generated.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/client_tokens.h"
#include "api/wire/codec.h"

namespace workmail::api {

class Context;

struct DeclaredError {
  std::string_view code;
  int status;
};

struct Operation {
  std::string_view name;
  std::span<const DeclaredError> errors;  // declared by the model, sorted by code
  // Appends the response to `out`; throws an Error.
  void (*invoke)(const Operation& self, Context& context, const Json& input, std::string& out);
  bool read_only;
  // The paths of secret members, such as "EwsProvider.EwsPassword", without lists.
  std::span<const std::string_view> input_secrets;
  std::span<const std::string_view> output_secrets;
  bool rest;    // of the Message Flow API: called by path, not by X-Amz-Target
  bool binary;  // the response is bytes, not JSON

  [[nodiscard]] auto find_error(std::string_view code) const -> const DeclaredError* {
    const auto found =
        std::lower_bound(errors.begin(), errors.end(), code,
                         [](const DeclaredError& error, std::string_view wanted) { return error.code < wanted; });
    return found != errors.end() && found->code == code ? &*found : nullptr;
  }
  [[nodiscard]] auto declares(std::string_view code) const -> bool { return find_error(code) != nullptr; }
};

// All operations of both models, sorted by name.
auto operations() -> std::span<const Operation>;

auto find_operation(std::string_view name) -> const Operation*;

// Throws the error for violated constraints, if there are any.
void refuse_violations(const Operation& operation, const Decoder& decoder);

// Adds members that the model does not have to the context, if the context collects them.
void note_unknown_members(Context& context, const std::vector<std::string>& members);

template <class Type>
void invoke(const Operation& self, Context& context, const Json& json, std::string& out) {
  typename Type::Input input;
  Decoder decoder;
  decode(decoder, json, Path(), input);
  note_unknown_members(context, decoder.unknown_members());
  refuse_violations(self, decoder);
  const auto run = [&] {
    Encoder encoder(out);
    encode(encoder, Type::handle(context, input));
  };
  if constexpr (requires { input.client_token; })
    once_per_client_token(context, self.name, input, out, run);
  else
    run();
}

}  // namespace workmail::api
