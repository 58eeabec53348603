// Writes the control plane's model as an OpenAPI 3.1 document.
#pragma once

#include <string>

#include "api/model/model_text.h"

namespace modelgen {

// `service` are AWS's shapes and those of the seed document, to which the control plane's may refer. As JSON without
// white space. Throws ModelError.
auto openapi_document(const Json& model, const Json& service, const std::string& version) -> std::string;

// The document as C++: openapi_text().
auto openapi_source(const std::string& document) -> std::string;

}  // namespace modelgen
