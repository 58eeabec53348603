// Whether a mailbox export job may start. Shared by StartMailboxExportJob and seed documents.
#pragma once

#include <initializer_list>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// The kinds of entities that have a mailbox to export.
inline constexpr std::initializer_list<store::EntityKind> kMailboxKinds = {store::EntityKind::User,
                                                                           store::EntityKind::Resource};

// Throws InvalidParameterException for a key of another region.
void check_export_key(const Context& context, std::string_view kms_key_arn);

// Throws EntityStateException or EntityNotFoundException if the entity's mailbox cannot be exported now.
void check_exportable(const Context& context, const store::OrganizationHead& organization, const store::Entity& entity);

// The two limits; both throw LimitExceededException.
void check_running_jobs(const Context& context, const store::OrganizationHead& organization);
void check_time_between_jobs(const Context& context, const store::OrganizationHead& organization,
                             std::string_view entity_id, Time start);

}  // namespace workmail::api
