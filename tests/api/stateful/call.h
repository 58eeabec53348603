// One call of the reference, with what all its operations need: look-ups, errors, JSON. The operations are declared
// here and defined by topic. Each looks up entities, checks the state, checks for conflicts, and applies the change.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/api/stateful/reference.h"

namespace workmail::test::stateful {

// The code of an error, thrown.
struct Refusal {
  std::string error;
};

// `error` is the code without "Exception".
[[noreturn]] void refuse(const char* error);

auto fold(std::string text) -> std::string;
// Case-insensitive, like names and addresses.
auto same(const std::string& one, const std::string& other) -> bool;
auto ends_with(const std::string& text, const std::string& end) -> bool;

template <class Element, class Condition>
auto any_of(const std::vector<Element>& list, Condition condition) -> bool {
  return std::any_of(list.begin(), list.end(), condition);
}

auto contains(const std::vector<std::string>& list, const std::string& text) -> bool;
auto contains_folded(const std::vector<std::string>& list, const std::string& text) -> bool;

auto quoted(const std::string& text) -> std::string;
auto joined(const std::vector<std::string>& elements) -> std::string;
// An object with the list as its only member.
auto list(const char* member, const std::vector<std::string>& elements) -> std::string;
auto word_of_kind(char kind) -> std::string;

// A JSON object being written.
class Object {
 public:
  auto raw(const char* member, const std::string& json) -> Object& {
    members_ += (members_.empty() ? "\"" : ",\"") + std::string(member) + "\":" + json;
    return *this;
  }
  auto text(const char* member, const std::string& value) -> Object& { return raw(member, quoted(value)); }
  auto text_if_any(const char* member, const std::string& value) -> Object& {
    return value.empty() ? *this : text(member, value);
  }
  auto flag(const char* member, bool value) -> Object& { return raw(member, value ? "true" : "false"); }
  auto date_if_any(const char* member, const std::optional<Moment>& moment) -> Object& {
    return moment ? raw(member, std::to_string(*moment / 1000) + "." + std::to_string(1000 + *moment % 1000).substr(1))
                  : *this;
  }
  [[nodiscard]] auto json() const -> std::string { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

struct Call {
  Reference& all;
  const std::string& account;
  const std::string& region;
  const rapidjson::Value& in;
  const std::string& made;
  Organization* organization = nullptr;

  [[nodiscard]] auto has(const char* member) const -> bool { return in.HasMember(member); }
  [[nodiscard]] auto text(const char* member) const -> std::string { return has(member) ? in[member].GetString() : ""; }
  [[nodiscard]] auto flag(const char* member) const -> bool { return has(member) && in[member].GetBool(); }

  // Look-ups: the entity in the input, or an error.
  void find_organization();
  auto domain(const std::string& name) -> Domain*;
  // By id, name or address, in this order; DELETED entities have only an id. `kinds` are the accepted kinds, in the
  // order of precedence.
  auto find(const std::string& kinds, const std::string& identifier, bool by_address = true) -> Entity*;
  auto entity(const std::string& kinds, const char* member, bool by_address = true) -> Entity&;
  auto by_id(const std::string& id) -> Entity&;
  auto living(const std::string& kinds, const char* member, bool by_address = true) -> Entity&;
  auto enabled(const std::string& kinds, const char* member) -> Entity&;
  // For operations that do not declare EntityStateException.
  auto not_deleted(const std::string& kinds, const char* member) -> Entity&;

  // Organizations and mail domains.
  auto create_organization() -> std::string;
  auto delete_organization() -> std::string;
  auto describe_organization() -> std::string;
  auto list_organizations() -> std::string;
  auto register_mail_domain() -> std::string;
  auto deregister_mail_domain() -> std::string;
  auto update_default_mail_domain() -> std::string;
  auto get_mail_domain() -> std::string;
  auto list_mail_domains() -> std::string;

  // Creation and deletion of users, groups and resources.
  void require_free_name(const std::string& name, const Entity* self = nullptr);
  static auto reserved(const std::string& name) -> bool;
  void require_not_reserved();
  void require_role();
  auto create_user() -> std::string;
  auto create_group() -> std::string;
  auto create_resource() -> std::string;
  auto update_user() -> std::string;
  auto update_group() -> std::string;
  auto update_resource() -> std::string;
  auto delete_entity(const std::string& kind, const char* member) -> std::string;
  auto describe_user() -> std::string;
  auto describe_group() -> std::string;
  auto describe_resource() -> std::string;
  static auto described(const Entity& e, Object answer) -> Object;
  static auto summarized(const Entity& e, Object answer) -> Object;
  auto list_entities(char kind, const char* member) -> std::string;

  // Registration and addresses.
  // Only addresses in verified domains of the organization.
  void require_usable(const std::string& address, const Entity& self);
  // Enables with a mailbox, unless the role has none.
  void provide_mailbox(Entity& e);
  void retain_mailbox(Entity& e);
  auto register_to_work_mail() -> std::string;
  auto deregister_from_work_mail() -> std::string;
  auto create_alias() -> std::string;
  auto delete_alias() -> std::string;
  auto list_aliases() -> std::string;
  auto update_primary_email_address() -> std::string;
  auto describe_entity() -> std::string;

  // Members, delegates, permissions.
  auto is_inside(const std::string& group, const std::string& outer) -> bool;
  auto associate_member() -> std::string;
  auto associate_delegate() -> std::string;
  auto disassociate(const std::string& kind, const char* from, const char* member) -> std::string;
  auto list_group_members() -> std::string;
  auto list_groups_for_entity() -> std::string;
  auto list_resource_delegates() -> std::string;
  auto put_mailbox_permissions() -> std::string;
  auto delete_mailbox_permissions() -> std::string;
  auto list_mailbox_permissions() -> std::string;

  // Mailboxes.
  auto get_mailbox_details() -> std::string;
  auto update_mailbox_quota() -> std::string;
  auto reset_password() -> std::string;
};

}  // namespace workmail::test::stateful
