// Rejects what modelgen does not support, with the name of the shape, so that an unknown feature of a model stops the
// build instead of being ignored.
#pragma once

#include <string>
#include <vector>

#include "api/model/model_text.h"

namespace modelgen {

// The attributes that a type of shape may have.
struct KnownType {
  std::string type;
  std::vector<std::string> attributes;
};

// Checks the shapes of AWS's model and of the seed document. Throws ModelError.
void check_service_shapes(const Json& shapes);
// Checks the shapes, errors and endpoints of the control plane, which may also refer to the shapes of `service`. Throws
// ModelError.
void check_control_model(const Json& model, const Json& service);

}  // namespace modelgen
