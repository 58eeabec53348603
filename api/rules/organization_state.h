// The life cycle of an organization: Requested → Creating → Active, and Deleting → Deleted. Each step takes a part of
// the pace (option --pace) on the emulated clock.
#pragma once

#include "store/store.h"

namespace workmail::api {

// The state that follows automatically, or the same state if none follows.
auto next_state(store::OrganizationState state) -> store::OrganizationState;

// Puts the organization into a state at the given time. Also schedules the next state, sets the completion date when it
// becomes Active, and removes its contents when it becomes Deleted, except a directory that it keeps.
void enter_state(store::Store& store, const store::Organization& organization, store::OrganizationState state, Time at,
                 Duration pace);

}  // namespace workmail::api
