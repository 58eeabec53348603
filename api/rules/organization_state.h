// The life of an organization: Requested → Creating → Active, and Deleting → Deleted, each step taking its share of
// the pace (option --pace) on the emulated clock.
#pragma once

#include "store/store.h"

namespace workmail::api {

// The state that follows automatically; the state itself when nothing follows.
auto next_state(store::OrganizationState state) -> store::OrganizationState;

// Puts the organization into a state at a moment, with everything that comes with it: what happens next and when, the
// completion date of an Active one, the removal of all that a Deleted one held except a directory that it keeps.
void enter_state(store::Store& store, const store::Organization& organization, store::OrganizationState state, Time at,
                 Duration pace);

}  // namespace workmail::api
