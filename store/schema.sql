-- Everything that the emulator keeps. Times are milliseconds of the emulated clock since 1970; a column that ends in
-- _at and is listed in the view "due" at the end is the moment at which something happens by itself.
--
-- "number" is the internal key of a row. Numbers are never used twice and only grow, so the order of numbers is the
-- order of creation, which is the order of every list and the position inside its page tokens.
-- A column that ends in _key is its neighbour folded for comparison without regard to case.

-- Settings that must survive a restart: the clock, the last sequential identifier.
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE organization (
  number             INTEGER PRIMARY KEY AUTOINCREMENT,
  id                 TEXT NOT NULL UNIQUE,
  account            TEXT NOT NULL,
  region             TEXT NOT NULL,
  alias              TEXT NOT NULL,
  alias_key          TEXT NOT NULL,
  state              TEXT NOT NULL,
  error_message      TEXT,
  directory_id       TEXT NOT NULL,
  directory_kept     INTEGER NOT NULL DEFAULT 0,  -- a deleted organization left it behind, for a new one
  interoperability   INTEGER NOT NULL DEFAULT 0,
  kms_key_arn        TEXT,
  default_domain     TEXT NOT NULL,
  dmarc_enforced     INTEGER NOT NULL DEFAULT 1,
  completed_at       INTEGER,
  next_state_at      INTEGER
) STRICT;
CREATE INDEX organization_account ON organization (account, region);
CREATE INDEX organization_alias ON organization (alias_key);
CREATE INDEX organization_directory ON organization (directory_id);
CREATE INDEX organization_due ON organization (next_state_at) WHERE next_state_at IS NOT NULL;

CREATE TABLE tag (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  key          TEXT NOT NULL,
  value        TEXT NOT NULL,
  UNIQUE (organization, key)
) STRICT;

CREATE TABLE domain (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  organization   INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  name           TEXT NOT NULL,      -- lower case
  is_test        INTEGER NOT NULL,
  hosted_zone_id TEXT,
  ownership      TEXT NOT NULL,      -- PENDING, VERIFIED, FAILED; the same words for dkim
  dkim           TEXT NOT NULL,
  verified_at    INTEGER,            -- when a pending domain becomes verified by itself
  UNIQUE (organization, name)
) STRICT;
CREATE INDEX domain_list ON domain (organization);
CREATE INDEX domain_name ON domain (name);
CREATE INDEX domain_due ON domain (verified_at) WHERE verified_at IS NOT NULL;

-- Users, groups and resources: one table, because they share one state machine, one space of addresses and the
-- same lists.
CREATE TABLE entity (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  kind         INTEGER NOT NULL,      -- store::EntityKind
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  name_key     TEXT NOT NULL,
  state        INTEGER NOT NULL,      -- store::EntityState
  email        TEXT,                  -- the primary address while ENABLED; also a row of address
  enabled_at   INTEGER,
  disabled_at  INTEGER,
  forgotten_at INTEGER,               -- when a DELETED entity disappears
  hidden       INTEGER NOT NULL,      -- from the global address list
  -- users only
  role         TEXT,
  display_name TEXT,
  first_name   TEXT,
  last_name    TEXT,
  initials     TEXT,
  telephone    TEXT,
  street       TEXT,
  job_title    TEXT,
  city         TEXT,
  company      TEXT,
  zip_code     TEXT,
  department   TEXT,
  country      TEXT,
  office       TEXT,
  identity_provider_user_id           TEXT,
  identity_provider_identity_store_id TEXT,
  -- resources only
  resource_type                      TEXT,
  description                        TEXT,
  auto_accept_requests               INTEGER,
  auto_decline_recurring_requests    INTEGER,
  auto_decline_conflicting_requests  INTEGER
) STRICT;
CREATE UNIQUE INDEX entity_id ON entity (organization, id);
CREATE INDEX entity_list ON entity (organization, kind);
-- Names are unique among all kinds by api/entity_rules.h; older versions had them unique within each.
CREATE UNIQUE INDEX entity_name ON entity (organization, name_key, kind) WHERE state <> 2;
CREATE INDEX entity_state ON entity (organization, kind, state);
CREATE INDEX entity_deleted ON entity (organization, kind, name_key) WHERE state = 2;
CREATE INDEX entity_identity_provider_user ON entity (organization, identity_provider_user_id COLLATE NOCASE)
  WHERE identity_provider_user_id IS NOT NULL AND state <> 2;
CREATE INDEX entity_due ON entity (forgotten_at) WHERE forgotten_at IS NOT NULL;

-- Every address in use, primary or alias; unique within an organization.
CREATE TABLE address (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  entity       INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  domain       INTEGER NOT NULL REFERENCES domain,
  address      TEXT NOT NULL,
  address_key  TEXT NOT NULL,
  UNIQUE (organization, address_key)
) STRICT;
CREATE INDEX address_entity ON address (entity);
CREATE INDEX address_domain ON address (domain);

-- Users and resources get a mailbox when they are registered and lose it 30 days after they are deregistered.
-- One that is gone has deprovisioned_at and no purged_at: its dates are still shown.
CREATE TABLE mailbox (
  entity           INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
  quota_megabytes  INTEGER NOT NULL,
  used_megabytes   REAL NOT NULL,
  provisioned_at   INTEGER NOT NULL,
  deprovisioned_at INTEGER,
  purged_at        INTEGER             -- when a retained mailbox is deleted for good
) STRICT;
CREATE INDEX mailbox_due ON mailbox (purged_at) WHERE purged_at IS NOT NULL;

CREATE TABLE group_member (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  group_   INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  member   INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  UNIQUE (group_, member)
) STRICT;
CREATE INDEX group_member_list ON group_member (group_);
CREATE INDEX group_member_member ON group_member (member, group_);

CREATE TABLE resource_delegate (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  resource INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  delegate INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  UNIQUE (resource, delegate)
) STRICT;
CREATE INDEX resource_delegate_list ON resource_delegate (resource);
CREATE INDEX resource_delegate_delegate ON resource_delegate (delegate);

CREATE TABLE mailbox_permission (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  owner          INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  grantee        INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  full_access    INTEGER NOT NULL,
  send_as        INTEGER NOT NULL,
  send_on_behalf INTEGER NOT NULL,
  UNIQUE (owner, grantee)
) STRICT;
CREATE INDEX mailbox_permission_list ON mailbox_permission (owner);
CREATE INDEX mailbox_permission_grantee ON mailbox_permission (grantee);

-- Jobs outlive the entity whose mailbox they export: they name it by its id.
CREATE TABLE export_job (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL,
  entity_id    TEXT NOT NULL,
  description  TEXT,
  role_arn     TEXT NOT NULL,
  kms_key_arn  TEXT NOT NULL,
  s3_bucket    TEXT NOT NULL,
  s3_prefix    TEXT NOT NULL,
  s3_path      TEXT NOT NULL,
  state        TEXT NOT NULL,         -- RUNNING, COMPLETED, FAILED, CANCELLED
  error_info   TEXT,
  started_at   INTEGER NOT NULL,
  finishes_at  INTEGER,               -- when a running job completes by itself
  ended_at     INTEGER,
  forgotten_at INTEGER NOT NULL,      -- when it leaves the history
  UNIQUE (organization, id)
) STRICT;
CREATE INDEX export_job_list ON export_job (organization);
CREATE INDEX export_job_entity ON export_job (organization, entity_id);
CREATE INDEX export_job_due ON export_job (finishes_at) WHERE finishes_at IS NOT NULL;
CREATE INDEX export_job_forgotten ON export_job (forgotten_at);

-- Columns that hold several words keep them one a line (store::Lines); NULL means that the condition is absent.
CREATE TABLE access_control_rule (
  number                     INTEGER PRIMARY KEY AUTOINCREMENT,
  organization               INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  name                       TEXT NOT NULL,
  effect                     TEXT NOT NULL,
  description                TEXT NOT NULL,
  ip_ranges                  TEXT,
  not_ip_ranges              TEXT,
  actions                    TEXT,
  not_actions                TEXT,
  user_ids                   TEXT,
  not_user_ids               TEXT,
  impersonation_role_ids     TEXT,
  not_impersonation_role_ids TEXT,
  created_at                 INTEGER NOT NULL,
  modified_at                INTEGER NOT NULL,
  UNIQUE (organization, name)
) STRICT;
CREATE INDEX access_control_rule_list ON access_control_rule (organization);

CREATE TABLE impersonation_role (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  name_key     TEXT NOT NULL,
  type         TEXT NOT NULL,
  description  TEXT,
  created_at   INTEGER NOT NULL,
  modified_at  INTEGER NOT NULL,
  UNIQUE (organization, id),
  UNIQUE (organization, name_key)
) STRICT;
CREATE INDEX impersonation_role_list ON impersonation_role (organization);

CREATE TABLE impersonation_rule (
  number           INTEGER PRIMARY KEY AUTOINCREMENT,
  role             INTEGER NOT NULL REFERENCES impersonation_role ON DELETE CASCADE,
  id               TEXT NOT NULL,
  name             TEXT,
  description      TEXT,
  effect           TEXT NOT NULL,
  target_users     TEXT,
  not_target_users TEXT,
  UNIQUE (role, id)
) STRICT;
CREATE INDEX impersonation_rule_list ON impersonation_rule (role);

CREATE TABLE mobile_device_access_rule (
  number                       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization                 INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  id                           TEXT NOT NULL,
  name                         TEXT NOT NULL,
  description                  TEXT,
  effect                       TEXT NOT NULL,
  device_types                 TEXT,
  not_device_types             TEXT,
  device_models                TEXT,
  not_device_models            TEXT,
  device_operating_systems     TEXT,
  not_device_operating_systems TEXT,
  device_user_agents           TEXT,
  not_device_user_agents       TEXT,
  created_at                   INTEGER NOT NULL,
  modified_at                  INTEGER NOT NULL,
  UNIQUE (organization, id)
) STRICT;
CREATE INDEX mobile_device_access_rule_list ON mobile_device_access_rule (organization);

CREATE TABLE mobile_device_access_override (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  user         INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  device_id    TEXT NOT NULL,
  device_key   TEXT NOT NULL,
  effect       TEXT NOT NULL,
  description  TEXT,
  created_at   INTEGER NOT NULL,
  modified_at  INTEGER NOT NULL,
  UNIQUE (user, device_key)
) STRICT;
CREATE INDEX mobile_device_access_override_list ON mobile_device_access_override (organization);
CREATE INDEX mobile_device_access_override_user ON mobile_device_access_override (user);
CREATE INDEX mobile_device_access_override_device ON mobile_device_access_override (organization, device_key);

-- The password of an EWS provider is not kept: nothing in the API reads it back.
CREATE TABLE availability_configuration (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  domain_name  TEXT NOT NULL,
  domain_key   TEXT NOT NULL,
  ews_endpoint TEXT,
  ews_username TEXT,
  lambda_arn   TEXT,
  created_at   INTEGER NOT NULL,
  modified_at  INTEGER NOT NULL,
  UNIQUE (organization, domain_key)
) STRICT;
CREATE INDEX availability_configuration_list ON availability_configuration (organization);

CREATE TABLE retention_policy (
  organization INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  description  TEXT
) STRICT;

CREATE TABLE retention_folder (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES retention_policy ON DELETE CASCADE,
  name         TEXT NOT NULL,
  action       TEXT NOT NULL,
  period       INTEGER,               -- days
  UNIQUE (organization, name)
) STRICT;

CREATE TABLE email_monitoring (
  organization  INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  role_arn      TEXT NOT NULL,
  log_group_arn TEXT NOT NULL
) STRICT;

CREATE TABLE identity_center_application (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  account      TEXT NOT NULL,
  region       TEXT NOT NULL,
  arn          TEXT NOT NULL,
  name         TEXT NOT NULL,
  instance_arn TEXT NOT NULL,
  UNIQUE (account, region, arn)
) STRICT;

CREATE TABLE identity_provider (
  organization           INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  authentication_mode    TEXT NOT NULL,
  instance_arn           TEXT NOT NULL,
  application_arn        TEXT NOT NULL,
  token_status           TEXT NOT NULL,
  token_lifetime_in_days INTEGER
) STRICT;
CREATE INDEX identity_provider_application ON identity_provider (application_arn);

-- The token itself is not kept.
CREATE TABLE personal_access_token (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  user         INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  scopes       TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  expires_at   INTEGER NOT NULL,
  UNIQUE (organization, id)
) STRICT;
CREATE INDEX personal_access_token_list ON personal_access_token (organization);
CREATE INDEX personal_access_token_user ON personal_access_token (user);
CREATE INDEX personal_access_token_due ON personal_access_token (expires_at);

-- What a call with a ClientToken answered, so that the same call again gets the same answer.
-- Expired rows are passed over, and removed when the next one is written.
CREATE TABLE client_token (
  account      TEXT NOT NULL,
  region       TEXT NOT NULL,
  operation    TEXT NOT NULL,
  token        TEXT NOT NULL,
  parameters   TEXT NOT NULL,         -- the input as JSON, without the token and without secrets
  answer       TEXT NOT NULL,
  forgotten_at INTEGER NOT NULL,
  PRIMARY KEY (account, region, operation, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_token_due ON client_token (forgotten_at);

-- Everything that happens by itself. "subject" is the number of the row.
CREATE VIEW due (at, what, subject) AS
  SELECT next_state_at, 'organization', number FROM organization WHERE next_state_at IS NOT NULL
  UNION ALL SELECT verified_at, 'domain', number FROM domain WHERE verified_at IS NOT NULL
  UNION ALL SELECT purged_at, 'mailbox', entity FROM mailbox WHERE purged_at IS NOT NULL
  UNION ALL SELECT forgotten_at, 'tombstone', number FROM entity WHERE forgotten_at IS NOT NULL
  UNION ALL SELECT finishes_at, 'job', number FROM export_job WHERE finishes_at IS NOT NULL
  UNION ALL SELECT forgotten_at, 'job history', number FROM export_job
  UNION ALL SELECT expires_at, 'personal access token', number FROM personal_access_token;
