// The names of api/time_text.h in this namespace.
#pragma once

#include "api/time_text.h"

namespace workmail::server {

using api::duration_of_seconds;
using api::format_time;
using api::http_date;
using api::kLatestTime;
using api::parse_duration;
using api::parse_time;

}  // namespace workmail::server
