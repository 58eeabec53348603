// When a mailbox export job may start: shared by StartMailboxExportJob and by seeds.
#pragma once

#include <initializer_list>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// What has a mailbox to export.
inline constexpr std::initializer_list<store::EntityKind> kMailboxKinds = {store::EntityKind::User,
                                                                           store::EntityKind::Resource};

// Throws InvalidParameterException for a key of another region.
void check_export_key(const Context& context, std::string_view kms_key_arn);

// Throws EntityStateException or EntityNotFoundException for an entity whose mailbox can not be exported now.
void check_exportable(const Context& context, const store::OrganizationHead& organization, const store::Entity& entity);

// The two limits; each throws LimitExceededException.
void check_running_jobs(const Context& context, const store::OrganizationHead& organization);
void check_time_between_jobs(const Context& context, const store::OrganizationHead& organization,
                             std::string_view entity_id, Time start);

}  // namespace workmail::api
