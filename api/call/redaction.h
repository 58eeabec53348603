// Redacts the bodies of calls: passwords, tokens and credentials become "********", wherever a client puts them and
// however it spells their names. Bodies must not be shown in any other way.
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

// Whether a member with this name is a secret, in any operation, even if the model does not have the name. Letter case
// and punctuation are ignored: "Password", "ews_password", "SessionToken". Tokens that give no access, such as
// NextToken, are not secrets.
auto is_secret_name(std::string_view name) -> bool;

// The body, a JSON object, without white space and hidden values; an empty body counts as {}. Nothing if the body is
// not a JSON object, or the operation is unknown, because a secret could then be anywhere. With `enough`, output after
// that many bytes may be missing, so that a long body is not read to its end.
auto redacted(Redact what, std::string_view operation, Side side, std::string_view body,
              std::size_t enough = std::string_view::npos) -> std::optional<std::string>;

// Whether a value in a part of an input would be hidden. Such a part must not be compared with inputs, because a match
// would reveal the value. For an unknown operation, everything is hidden.
auto hides(Redact what, std::string_view operation, const Json& part) -> bool;

}  // namespace workmail::api
