// How long deleted entities, and mailboxes of deregistered entities, are kept.
#pragma once

#include "store/time.h"

namespace workmail::api {

// AWS: a mailbox is kept 30 days after its owner is deregistered (administrator guide). That a deleted entity is listed
// as long is assumed (Q-deleted-for-30-days).
inline constexpr Duration kThirtyDayRetention = std::chrono::hours(24 * 30);

}  // namespace workmail::api
