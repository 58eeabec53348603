// Refuses what modelgen cannot write, by the name of the shape, so that a model with something new in it ends the build
// instead of being written without it.
#pragma once

#include <string>
#include <vector>

#include "api/model/model_text.h"

namespace modelgen {

// What a kind of shape may have besides its type.
struct KnownType {
  std::string type;
  std::vector<std::string> attributes;
};

// The shapes of AWS's model and of the seed document. Throws ModelError.
void check_service_shapes(const Json& shapes);
// The shapes, errors and endpoints of the control plane; `service` are the shapes that they may refer to besides their
// own. Throws ModelError.
void check_control_model(const Json& model, const Json& service);

}  // namespace modelgen
