// The model of a service whose protocol is REST JSON, made ready to be written with that of WorkMail: its operations
// are marked, their errors have their statuses, and what cannot be written is refused.
#pragma once

#include "api/model/model_text.h"

namespace modelgen {

// Removes shapes that `others` have as well, which may be errors only. Throws ModelError.
void prepare_rest_operations(rapidjson::Document& model, const Json& others);

}  // namespace modelgen
