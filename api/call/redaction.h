// Makes the bodies of calls fit to be shown: passwords, tokens and credentials read "********", wherever a client puts
// them and however it spells their names. Nothing else may show a body.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "api/wire/json.h"

namespace workmail::api {

inline constexpr std::string_view kRedacted = "********";

enum class Side { Input, Output };

// What is hidden.
enum class Redact {
  Secrets,  // passwords, tokens and credentials
  All,      // also what the model marks sensitive, such as the attributes of users
};

// Whether a member of this name holds a secret, in any operation, whether the model has the name or not. Letter case
// and signs do not matter: "Password", "ews_password", "SessionToken". Tokens that open nothing, such as NextToken, are
// no secrets.
auto is_secret_name(std::string_view name) -> bool;

// The body, a JSON object, without white space and what is hidden; an empty body counts as {}. Nothing for any other
// body, and for the input of an operation that the model does not have: a secret could stand anywhere. With `enough`,
// what follows that many bytes may be missing, which saves reading a long body to its end.
auto redacted(Redact what, std::string_view operation, Side side, std::string_view body,
              std::size_t enough = std::string_view::npos) -> std::optional<std::string>;

// Whether something in a part of an input would be hidden: then it must not be compared with one, which would confirm
// an assumption. Of an unknown operation everything is.
auto hides(Redact what, std::string_view operation, const Json& part) -> bool;

}  // namespace workmail::api
