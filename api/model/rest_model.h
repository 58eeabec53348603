// Prepares the model of a service with the protocol REST JSON for generation together with WorkMail's: marks its
// operations, adds the statuses of errors, and rejects what is not supported.
#pragma once

#include "api/model/model_text.h"

namespace modelgen {

// Removes shapes that `others` also have, which must be errors. Throws ModelError.
void prepare_rest_operations(rapidjson::Document& model, const Json& others);

}  // namespace modelgen
