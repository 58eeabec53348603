// The number and the lifetime of stored messages.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "store/time.h"

namespace workmail::api {

// AWS: messages can be read and updated for 24 hours (Message Flow API reference).
inline constexpr auto kMessageLifetime = std::chrono::hours(24);

// AWS: WorkMail's limit for an outgoing message with attachments (administrator guide, "Quotas").
inline constexpr std::size_t kMaxMessageSize = std::size_t{25} * 1024 * 1024;

// Emulator: of all accounts. The oldest messages of the account that has the most are removed first.
inline constexpr std::int64_t kMaxMessages = 1000;
inline constexpr std::int64_t kMaxMessageBytes = std::int64_t{256} * 1024 * 1024;
inline constexpr std::size_t kMaxMessageRecipients = 1000;

}  // namespace workmail::api
