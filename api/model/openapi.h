// Generates an OpenAPI 3.1 document from the control plane's model.
#pragma once

#include <string>

#include "api/model/model_text.h"

namespace modelgen {

// `service` has AWS's shapes and those of the seed document, to which the control plane's shapes may refer. Returns
// compact JSON. Throws ModelError.
auto openapi_document(const Json& model, const Json& service, const std::string& version) -> std::string;

// The document as C++: openapi_text().
auto openapi_source(const std::string& document) -> std::string;

}  // namespace modelgen
