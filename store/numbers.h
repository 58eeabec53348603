// The numbers of rows, a type for each table, so that the compiler rejects a number of another table. store/sqlite.h
// reads and binds them; api/call/pages.h uses them as positions in lists.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace workmail::store {

enum class OrganizationNumber : std::int64_t {};
enum class DomainNumber : std::int64_t {};
// Of a user, group or resource.
enum class EntityNumber : std::int64_t {};
enum class AddressNumber : std::int64_t {};
enum class GroupMemberNumber : std::int64_t {};
enum class ResourceDelegateNumber : std::int64_t {};
enum class MailboxPermissionNumber : std::int64_t {};
enum class ExportJobNumber : std::int64_t {};
enum class AccessControlRuleNumber : std::int64_t {};
enum class ImpersonationRoleNumber : std::int64_t {};
enum class MobileDeviceRuleNumber : std::int64_t {};
enum class MobileDeviceOverrideNumber : std::int64_t {};
enum class AvailabilityConfigurationNumber : std::int64_t {};
enum class PersonalAccessTokenNumber : std::int64_t {};
enum class MessageNumber : std::int64_t {};
enum class MessageRecipientNumber : std::int64_t {};

// An enumeration of std::int64_t is the number of a row. Enumerations with values have the default type.
template <class Type>
concept RowNumber = std::is_enum_v<Type> && std::same_as<std::underlying_type_t<Type>, std::int64_t>;

// A position after every row of a list.
template <RowNumber Number>
inline constexpr Number kLastNumber{std::numeric_limits<std::int64_t>::max()};

}  // namespace workmail::store
