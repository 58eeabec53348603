// The caller of an operation.
#pragma once

#include <string_view>

namespace workmail::api {

// The texts are views into the request or the settings.
struct Caller {
  std::string_view account;
  std::string_view region;
};

}  // namespace workmail::api
