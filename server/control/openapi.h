// The description of the control plane as OpenAPI 3.1, which the build generates from api/model/control.json.
#pragma once

#include <string_view>

namespace workmail::server::control {

auto openapi_text() -> std::string_view;

}  // namespace workmail::server::control
