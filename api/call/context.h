// Everything that a handler needs: the store in the call's transaction, the time of the call, its caller, and look-ups.
// A failed look-up throws the error that AWS returns.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/ids.h"
#include "api/call/settings.h"
#include "api/call/stored_objects.h"
#include "store/store.h"

namespace workmail::api {

// The kinds of identifiers that a member accepts. AWS: by the member's shape, or by its documentation.
enum class Accepts { Id, IdOrName, IdNameOrAddress };

class Context {
 public:
  Context(store::Store& store_in, Ids& ids_in, const Settings& settings_in, Time now_in, std::string_view account_in,
          std::string_view region_in)
      : store(store_in), ids(ids_in), settings(settings_in), now(now_in), account(account_in), region(region_in) {}

  store::Store& store;
  Ids& ids;
  const Settings& settings;
  const Time now;
  const std::string_view account;
  const std::string_view region;

  // For the control plane, which accesses organizations in every state.
  bool any_organization_state = false;

  // S3 objects that the call needs, and those that were fetched; see api/call/stored_objects.h.
  std::optional<ObjectReference> wanted_object = {};
  const FetchedObject* object = nullptr;

  // If set, collects the paths of input members that the model does not have.
  std::vector<std::string>* unknown_members = nullptr;

  // An organization of this account and region, in any state.
  [[nodiscard]] auto organization(std::string_view id) const -> store::OrganizationHead;
  // The same; throws unless its state is Active.
  [[nodiscard]] auto active_organization(std::string_view id) const -> store::OrganizationHead;

  // Finds an entity of these kinds by id, name or address, in this order. Entities of other kinds are not found.
  // AWS: that a deleted entity is found by its id alone is assumed (Q-deleted-described).
  [[nodiscard]] auto entity(const store::OrganizationHead& organization, std::string_view identifier,
                            std::initializer_list<store::EntityKind> kinds, Accepts accepts) const -> store::Entity;
  [[nodiscard]] auto find_entity(const store::OrganizationHead& organization, std::string_view identifier,
                                 std::initializer_list<store::EntityKind> kinds, Accepts accepts) const
      -> std::optional<store::Entity>;
  [[nodiscard]] auto user(const store::OrganizationHead& organization, std::string_view identifier,
                          Accepts accepts = Accepts::IdNameOrAddress) const -> store::Entity;
  [[nodiscard]] auto group(const store::OrganizationHead& organization, std::string_view identifier,
                           Accepts accepts = Accepts::IdNameOrAddress) const -> store::Entity;
  [[nodiscard]] auto resource(const store::OrganizationHead& organization, std::string_view identifier,
                              Accepts accepts = Accepts::IdNameOrAddress) const -> store::Entity;
};

// All kinds of entities, for Context::entity.
inline constexpr std::initializer_list<store::EntityKind> kAnyKind = {store::EntityKind::User, store::EntityKind::Group,
                                                                      store::EntityKind::Resource};

}  // namespace workmail::api
