// Row numbers of different tables are not interchangeable: checked at compile time, not by running.
#include "store/numbers.h"

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "store/store.h"

namespace workmail::store {

namespace {

template <class Number, class... Others>
constexpr bool kIsNoneOf = ((!std::is_convertible_v<Number, Others> && !std::is_constructible_v<Number, Others>)&&...);

static_assert(kIsNoneOf<OrganizationNumber, DomainNumber, EntityNumber, AddressNumber, GroupMemberNumber,
                        ResourceDelegateNumber, MailboxPermissionNumber, ExportJobNumber, AccessControlRuleNumber,
                        ImpersonationRoleNumber, MobileDeviceRuleNumber, MobileDeviceOverrideNumber,
                        AvailabilityConfigurationNumber, PersonalAccessTokenNumber>);
static_assert(kIsNoneOf<EntityNumber, OrganizationNumber, DomainNumber, std::int64_t, int>);
static_assert(!std::is_convertible_v<EntityNumber, std::int64_t> && !std::is_convertible_v<std::int64_t, EntityNumber>);

using FindEntity = decltype(&Entities::find);
static_assert(std::is_invocable_v<FindEntity, Entities&, EntityNumber>);
static_assert(!std::is_invocable_v<FindEntity, Entities&, OrganizationNumber>);
static_assert(!std::is_invocable_v<FindEntity, Entities&, std::int64_t>);

// Two numbers of one table are members of a structure, by name.
using AddMember = decltype(&GroupMembers::add);
static_assert(std::is_invocable_v<AddMember, GroupMembers&, Membership>);
static_assert(!std::is_invocable_v<AddMember, GroupMembers&, EntityNumber, EntityNumber>);
static_assert(!std::is_invocable_v<AddMember, GroupMembers&, Delegation>);
static_assert(!std::is_invocable_v<AddMember, GroupMembers&, Grant>);

using AddAddress = decltype(&Addresses::add);
static_assert(
    std::is_invocable_v<AddAddress, Addresses&, OrganizationNumber, EntityNumber, DomainNumber, std::string_view>);
static_assert(
    !std::is_invocable_v<AddAddress, Addresses&, EntityNumber, OrganizationNumber, DomainNumber, std::string_view>);
static_assert(
    !std::is_invocable_v<AddAddress, Addresses&, OrganizationNumber, DomainNumber, EntityNumber, std::string_view>);

// Enumerations with values are not row numbers.
static_assert(RowNumber<EntityNumber> && !RowNumber<EntityKind> && !RowNumber<OrganizationState>);

}  // namespace

}  // namespace workmail::store
