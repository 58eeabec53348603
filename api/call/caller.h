// Whose call it is.
#pragma once

#include <string_view>

namespace workmail::api {

// The texts live as long as what they were read from: the request, or the settings.
struct Caller {
  std::string_view account;
  std::string_view region;
};

}  // namespace workmail::api
