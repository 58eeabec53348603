-- Everything that the emulator keeps. Times are milliseconds of the emulated clock since 1970; a column that ends in
-- _at and is listed in the view "due" at the end is the time of an event.
--
-- "number" is the internal key of a row. Numbers are never used twice and only grow, so the order of numbers is the
-- order of creation, which is the order of every list and the position inside its page tokens.
-- A column that ends in _key is the folded copy of another column, for case-insensitive comparison.
--
-- A CHECK allows only what this program writes: the words, ranges and lengths of AWS's model, and times of the years 1
-- to 9999 (somewhat later for scheduled events). Code may rely on this, also for databases that were read from files. A
-- length of AWS's model is not checked if an earlier version of this program did not enforce it. Words are compared one
-- by one, because SQLite builds a temporary table for every IN with more than two values.

-- Settings that must survive a restart: the clock, the last sequential identifier.
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE organization (
  number             INTEGER PRIMARY KEY AUTOINCREMENT,
  id                 TEXT NOT NULL UNIQUE CHECK (length(id) = 34 AND id GLOB 'm-*' AND substr(id, 3) NOT GLOB '*[^0-9a-f]*'),
  account            TEXT NOT NULL CHECK (length(account) = 12 AND account NOT GLOB '*[^0-9]*'),
  region             TEXT NOT NULL CHECK (region <> '' AND length(region) <= 64),
  alias              TEXT NOT NULL CHECK (alias <> '' AND length(alias) <= 62),
  alias_key          TEXT NOT NULL,
  state              TEXT NOT NULL CHECK (state = 'Requested' OR state = 'Creating' OR state = 'Validating' OR state = 'Active' OR state = 'Failed' OR state = 'Impaired' OR state = 'Inactive' OR state = 'Deleting' OR state = 'Deleted'),
  error_message      TEXT,
  directory_id       TEXT NOT NULL CHECK (length(directory_id) = 12 AND directory_id GLOB 'd-*'),
  directory_kept     INTEGER NOT NULL DEFAULT 0 CHECK (directory_kept IN (0, 1)),  -- a deleted organization left it behind, for a new one
  interoperability   INTEGER NOT NULL DEFAULT 0 CHECK (interoperability IN (0, 1)),
  kms_key_arn        TEXT CHECK (length(kms_key_arn) <= 2048),
  default_domain     TEXT NOT NULL CHECK (default_domain <> '' AND length(default_domain) <= 255),
  dmarc_enforced     INTEGER NOT NULL DEFAULT 1 CHECK (dmarc_enforced IN (0, 1)),
  completed_at       INTEGER CHECK (completed_at BETWEEN -62135596800000 AND 253402300799999),
  next_state_at      INTEGER CHECK (next_state_at BETWEEN -62135596800000 AND 300000000000000)
) STRICT;
CREATE INDEX organization_account ON organization (account, region);
CREATE INDEX organization_alias ON organization (alias_key);
CREATE INDEX organization_directory ON organization (directory_id);
CREATE INDEX organization_due ON organization (next_state_at) WHERE next_state_at IS NOT NULL;

CREATE TABLE tag (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  key          TEXT NOT NULL CHECK (key <> '' AND length(key) <= 128),
  value        TEXT NOT NULL CHECK (length(value) <= 256),
  UNIQUE (organization, key)
) STRICT;

CREATE TABLE domain (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  organization   INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  name           TEXT NOT NULL CHECK (length(name) BETWEEN 3 AND 255),  -- lower case
  is_test        INTEGER NOT NULL CHECK (is_test IN (0, 1)),
  hosted_zone_id TEXT CHECK (length(hosted_zone_id) <= 32),
  ownership      TEXT NOT NULL CHECK (ownership = 'PENDING' OR ownership = 'VERIFIED' OR ownership = 'FAILED'),
  dkim           TEXT NOT NULL CHECK (dkim = 'PENDING' OR dkim = 'VERIFIED' OR dkim = 'FAILED'),
  verified_at    INTEGER CHECK (verified_at BETWEEN -62135596800000 AND 300000000000000),  -- when a pending domain is verified automatically
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
  kind         INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),  -- store::EntityKind
  id           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 256),
  name         TEXT NOT NULL CHECK (name <> '' AND length(name) <= 256),
  name_key     TEXT NOT NULL,
  state        INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),  -- store::EntityState
  email        TEXT CHECK (email <> '' AND length(email) <= 254),  -- the primary address while ENABLED; also a row of address
  enabled_at   INTEGER CHECK (enabled_at BETWEEN -62135596800000 AND 253402300799999),
  disabled_at  INTEGER CHECK (disabled_at BETWEEN -62135596800000 AND 253402300799999),
  forgotten_at INTEGER CHECK (forgotten_at BETWEEN -62135596800000 AND 300000000000000),  -- when a DELETED entity disappears
  hidden       INTEGER NOT NULL CHECK (hidden IN (0, 1)),  -- from the global address list
  -- users only
  role         TEXT CHECK (role = 'USER' OR role = 'RESOURCE' OR role = 'SYSTEM_USER' OR role = 'REMOTE_USER'),
  display_name TEXT CHECK (length(display_name) <= 256),
  first_name   TEXT CHECK (length(first_name) <= 256),
  last_name    TEXT CHECK (length(last_name) <= 256),
  initials     TEXT CHECK (length(initials) <= 256),
  telephone    TEXT CHECK (length(telephone) <= 256),
  street       TEXT CHECK (length(street) <= 256),
  job_title    TEXT CHECK (length(job_title) <= 256),
  city         TEXT CHECK (length(city) <= 256),
  company      TEXT CHECK (length(company) <= 256),
  zip_code     TEXT CHECK (length(zip_code) <= 256),
  department   TEXT CHECK (length(department) <= 256),
  country      TEXT CHECK (length(country) <= 256),
  office       TEXT CHECK (length(office) <= 256),
  identity_provider_user_id           TEXT CHECK (length(identity_provider_user_id) <= 47),
  identity_provider_identity_store_id TEXT CHECK (length(identity_provider_identity_store_id) <= 36),
  -- resources only
  resource_type                      TEXT CHECK (resource_type IN ('ROOM', 'EQUIPMENT')),
  description                        TEXT CHECK (length(description) <= 64),
  auto_accept_requests               INTEGER CHECK (auto_accept_requests IN (0, 1)),
  auto_decline_recurring_requests    INTEGER CHECK (auto_decline_recurring_requests IN (0, 1)),
  auto_decline_conflicting_requests  INTEGER CHECK (auto_decline_conflicting_requests IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX entity_id ON entity (organization, id);
CREATE INDEX entity_list ON entity (organization, kind);
-- Names are unique among all kinds by api/rules/entity_rules.h; older versions had them unique within each.
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
  address      TEXT NOT NULL CHECK (address <> '' AND length(address) <= 254),
  address_key  TEXT NOT NULL,
  UNIQUE (organization, address_key)
) STRICT;
CREATE INDEX address_entity ON address (entity);
CREATE INDEX address_domain ON address (domain);

-- Users and resources get a mailbox when they are registered and lose it 30 days after they are deregistered.
-- A purged mailbox has deprovisioned_at and no purged_at: its dates are still shown.
CREATE TABLE mailbox (
  entity           INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
  quota_megabytes  INTEGER NOT NULL CHECK (quota_megabytes BETWEEN 1 AND 2147483647),
  used_megabytes   REAL NOT NULL CHECK (used_megabytes BETWEEN 0 AND 1.7976931348623157e308),
  provisioned_at   INTEGER NOT NULL CHECK (provisioned_at BETWEEN -62135596800000 AND 253402300799999),
  deprovisioned_at INTEGER CHECK (deprovisioned_at BETWEEN -62135596800000 AND 253402300799999),
  purged_at        INTEGER CHECK (purged_at BETWEEN -62135596800000 AND 300000000000000)  -- when a retained mailbox is deleted for good
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
  full_access    INTEGER NOT NULL CHECK (full_access IN (0, 1)),
  send_as        INTEGER NOT NULL CHECK (send_as IN (0, 1)),
  send_on_behalf INTEGER NOT NULL CHECK (send_on_behalf IN (0, 1)),
  UNIQUE (owner, grantee)
) STRICT;
CREATE INDEX mailbox_permission_list ON mailbox_permission (owner);
CREATE INDEX mailbox_permission_grantee ON mailbox_permission (grantee);

-- Jobs are kept when the entity whose mailbox they export is removed, so they refer to it by id.
CREATE TABLE export_job (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 63),
  entity_id    TEXT NOT NULL CHECK (entity_id <> '' AND length(entity_id) <= 256),
  description  TEXT CHECK (length(description) <= 1023),
  role_arn     TEXT NOT NULL CHECK (length(role_arn) <= 2048),
  kms_key_arn  TEXT NOT NULL CHECK (length(kms_key_arn) <= 2048),
  s3_bucket    TEXT NOT NULL CHECK (s3_bucket <> '' AND length(s3_bucket) <= 63),
  s3_prefix    TEXT NOT NULL CHECK (s3_prefix <> '' AND length(s3_prefix) <= 1023),
  s3_path      TEXT NOT NULL CHECK (s3_path <> '' AND length(s3_path) <= 1023),
  state        TEXT NOT NULL CHECK (state = 'RUNNING' OR state = 'COMPLETED' OR state = 'FAILED' OR state = 'CANCELLED'),
  error_info   TEXT,
  started_at   INTEGER NOT NULL CHECK (started_at BETWEEN -62135596800000 AND 253402300799999),
  finishes_at  INTEGER CHECK (finishes_at BETWEEN -62135596800000 AND 300000000000000),  -- when a running job completes automatically
  ended_at     INTEGER CHECK (ended_at BETWEEN -62135596800000 AND 300000000000000),
  forgotten_at INTEGER NOT NULL CHECK (forgotten_at BETWEEN -62135596800000 AND 300000000000000),  -- when it leaves the history
  UNIQUE (organization, id)
) STRICT;
CREATE INDEX export_job_list ON export_job (organization);
CREATE INDEX export_job_entity ON export_job (organization, entity_id);
CREATE INDEX export_job_due ON export_job (finishes_at) WHERE finishes_at IS NOT NULL;
CREATE INDEX export_job_forgotten ON export_job (forgotten_at);

-- Columns with several words keep one word on each line (store::StringList); NULL means that the condition is absent.
CREATE TABLE access_control_rule (
  number                     INTEGER PRIMARY KEY AUTOINCREMENT,
  organization               INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  name                       TEXT NOT NULL CHECK (name <> '' AND length(name) <= 64),
  effect                     TEXT NOT NULL CHECK (effect IN ('ALLOW', 'DENY')),
  description                TEXT NOT NULL CHECK (length(description) <= 255),
  ip_ranges                  TEXT CHECK (ip_ranges NOT GLOB '*[^0-9./' || char(10) || ']*'),
  not_ip_ranges              TEXT CHECK (not_ip_ranges NOT GLOB '*[^0-9./' || char(10) || ']*'),
  actions                    TEXT,
  not_actions                TEXT,
  user_ids                   TEXT,
  not_user_ids               TEXT,
  impersonation_role_ids     TEXT,
  not_impersonation_role_ids TEXT,
  created_at                 INTEGER NOT NULL CHECK (created_at BETWEEN -62135596800000 AND 253402300799999),
  modified_at                INTEGER NOT NULL CHECK (modified_at BETWEEN -62135596800000 AND 253402300799999),
  UNIQUE (organization, name)
) STRICT;
CREATE INDEX access_control_rule_list ON access_control_rule (organization);

CREATE TABLE impersonation_role (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 64),
  name         TEXT NOT NULL CHECK (name <> '' AND length(name) <= 64),
  name_key     TEXT NOT NULL,
  type         TEXT NOT NULL CHECK (type IN ('FULL_ACCESS', 'READ_ONLY')),
  description  TEXT CHECK (length(description) <= 256),
  created_at   INTEGER NOT NULL CHECK (created_at BETWEEN -62135596800000 AND 253402300799999),
  modified_at  INTEGER NOT NULL CHECK (modified_at BETWEEN -62135596800000 AND 253402300799999),
  UNIQUE (organization, id),
  UNIQUE (organization, name_key)
) STRICT;
CREATE INDEX impersonation_role_list ON impersonation_role (organization);

CREATE TABLE impersonation_rule (
  number           INTEGER PRIMARY KEY AUTOINCREMENT,
  role             INTEGER NOT NULL REFERENCES impersonation_role ON DELETE CASCADE,
  id               TEXT NOT NULL CHECK (id <> '' AND length(id) <= 64),
  name             TEXT CHECK (length(name) <= 64),
  description      TEXT CHECK (length(description) <= 256),
  effect           TEXT NOT NULL CHECK (effect IN ('ALLOW', 'DENY')),
  target_users     TEXT,
  not_target_users TEXT,
  UNIQUE (role, id)
) STRICT;
CREATE INDEX impersonation_rule_list ON impersonation_rule (role);

CREATE TABLE mobile_device_access_rule (
  number                       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization                 INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  id                           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 64),
  name                         TEXT NOT NULL CHECK (name <> '' AND length(name) <= 64),
  description                  TEXT CHECK (length(description) <= 256),
  effect                       TEXT NOT NULL CHECK (effect IN ('ALLOW', 'DENY')),
  device_types                 TEXT,
  not_device_types             TEXT,
  device_models                TEXT,
  not_device_models            TEXT,
  device_operating_systems     TEXT,
  not_device_operating_systems TEXT,
  device_user_agents           TEXT,
  not_device_user_agents       TEXT,
  created_at                   INTEGER NOT NULL CHECK (created_at BETWEEN -62135596800000 AND 253402300799999),
  modified_at                  INTEGER NOT NULL CHECK (modified_at BETWEEN -62135596800000 AND 253402300799999),
  UNIQUE (organization, id)
) STRICT;
CREATE INDEX mobile_device_access_rule_list ON mobile_device_access_rule (organization);

CREATE TABLE mobile_device_access_override (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  user         INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  device_id    TEXT NOT NULL CHECK (device_id <> '' AND length(device_id) <= 32),
  device_key   TEXT NOT NULL,
  effect       TEXT NOT NULL CHECK (effect IN ('ALLOW', 'DENY')),
  description  TEXT CHECK (length(description) <= 256),
  created_at   INTEGER NOT NULL CHECK (created_at BETWEEN -62135596800000 AND 253402300799999),
  modified_at  INTEGER NOT NULL CHECK (modified_at BETWEEN -62135596800000 AND 253402300799999),
  UNIQUE (user, device_key)
) STRICT;
CREATE INDEX mobile_device_access_override_list ON mobile_device_access_override (organization);
CREATE INDEX mobile_device_access_override_user ON mobile_device_access_override (user);
CREATE INDEX mobile_device_access_override_device ON mobile_device_access_override (organization, device_key);

-- The password of an EWS provider is not kept: nothing in the API reads it back.
CREATE TABLE availability_configuration (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  domain_name  TEXT NOT NULL CHECK (domain_name <> '' AND length(domain_name) <= 255),
  domain_key   TEXT NOT NULL,
  ews_endpoint TEXT CHECK (length(ews_endpoint) <= 256),
  ews_username TEXT CHECK (length(ews_username) <= 256),
  lambda_arn   TEXT CHECK (length(lambda_arn) <= 256),
  created_at   INTEGER NOT NULL CHECK (created_at BETWEEN -62135596800000 AND 253402300799999),
  modified_at  INTEGER NOT NULL CHECK (modified_at BETWEEN -62135596800000 AND 253402300799999),
  UNIQUE (organization, domain_key)
) STRICT;
CREATE INDEX availability_configuration_list ON availability_configuration (organization);

CREATE TABLE retention_policy (
  organization INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 64),
  name         TEXT NOT NULL CHECK (name <> '' AND length(name) <= 64),
  description  TEXT CHECK (length(description) <= 256)
) STRICT;

CREATE TABLE retention_folder (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES retention_policy ON DELETE CASCADE,
  name         TEXT NOT NULL CHECK (name = 'INBOX' OR name = 'DELETED_ITEMS' OR name = 'SENT_ITEMS' OR name = 'DRAFTS' OR name = 'JUNK_EMAIL'),
  action       TEXT NOT NULL CHECK (action = 'NONE' OR action = 'DELETE' OR action = 'PERMANENTLY_DELETE'),
  period       INTEGER CHECK (period BETWEEN 1 AND 730),  -- days
  UNIQUE (organization, name)
) STRICT;

CREATE TABLE email_monitoring (
  organization  INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  role_arn      TEXT NOT NULL CHECK (length(role_arn) <= 2048),
  log_group_arn TEXT NOT NULL CHECK (length(log_group_arn) <= 562)
) STRICT;

CREATE TABLE identity_center_application (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  account      TEXT NOT NULL CHECK (length(account) = 12 AND account NOT GLOB '*[^0-9]*'),
  region       TEXT NOT NULL CHECK (region <> '' AND length(region) <= 64),
  arn          TEXT NOT NULL CHECK (length(arn) BETWEEN 10 AND 1224),
  name         TEXT NOT NULL CHECK (length(name) <= 255),
  instance_arn TEXT NOT NULL CHECK (length(instance_arn) BETWEEN 10 AND 1124),
  UNIQUE (account, region, arn)
) STRICT;

CREATE TABLE identity_provider (
  organization           INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  authentication_mode    TEXT NOT NULL CHECK (authentication_mode IN ('IDENTITY_PROVIDER_ONLY', 'IDENTITY_PROVIDER_AND_DIRECTORY')),
  instance_arn           TEXT NOT NULL CHECK (length(instance_arn) BETWEEN 10 AND 1124),
  application_arn        TEXT NOT NULL CHECK (length(application_arn) BETWEEN 10 AND 1224),
  token_status           TEXT NOT NULL CHECK (token_status IN ('ACTIVE', 'INACTIVE')),
  token_lifetime_in_days INTEGER CHECK (token_lifetime_in_days BETWEEN 1 AND 3653)
) STRICT;
CREATE INDEX identity_provider_application ON identity_provider (application_arn);

-- The token itself is not kept.
CREATE TABLE personal_access_token (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  user         INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  id           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 64),
  name         TEXT NOT NULL CHECK (name <> '' AND length(name) <= 64),
  scopes       TEXT NOT NULL,
  created_at   INTEGER NOT NULL CHECK (created_at BETWEEN -62135596800000 AND 253402300799999),
  last_used_at INTEGER CHECK (last_used_at BETWEEN -62135596800000 AND 253402300799999),
  expires_at   INTEGER NOT NULL CHECK (expires_at BETWEEN -62135596800000 AND 300000000000000),
  UNIQUE (organization, id)
) STRICT;
CREATE INDEX personal_access_token_list ON personal_access_token (organization);
CREATE INDEX personal_access_token_user ON personal_access_token (user);
CREATE INDEX personal_access_token_due ON personal_access_token (expires_at);

-- Email flow rules, which only AWS's console makes. Patterns are addresses and domains, or "*".
CREATE TABLE email_flow_rule (
  number               INTEGER PRIMARY KEY AUTOINCREMENT,
  organization         INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  name                 TEXT NOT NULL CHECK (name <> '' AND length(name) <= 64),
  direction            TEXT NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
  sender_patterns      TEXT NOT NULL CHECK (sender_patterns <> ''),
  destination_patterns TEXT NOT NULL CHECK (destination_patterns <> ''),
  action               TEXT NOT NULL CHECK (action = 'DROP' OR action = 'BOUNCE' OR action = 'MOVE_TO_JUNK' OR action = 'DEFAULT' OR action = 'BYPASS_SPAM_CHECK' OR action = 'ROUTE_TO_SMTP_GATEWAY' OR action = 'RUN_LAMBDA'),
  lambda_arn           TEXT NOT NULL CHECK (length(lambda_arn) <= 256 AND (lambda_arn <> '') = (action = 'RUN_LAMBDA')),
  synchronous          INTEGER NOT NULL CHECK (synchronous IN (0, 1)),
  fallback             TEXT NOT NULL CHECK (fallback = 'DROP' OR fallback = 'BOUNCE' OR fallback = 'MOVE_TO_JUNK' OR fallback = 'DEFAULT' OR fallback = 'BYPASS_SPAM_CHECK' OR fallback = 'ROUTE_TO_SMTP_GATEWAY'),
  rule_timeout_minutes INTEGER NOT NULL CHECK (rule_timeout_minutes BETWEEN 0 AND 240),
  UNIQUE (organization, name)
) STRICT;
CREATE INDEX email_flow_rule_list ON email_flow_rule (organization);

-- Messages that were sent or received in the last day, each with its current content, for the Message Flow API, and
-- with the delivered content if it differs. Contents are last, because lists do not read them.
CREATE TABLE message (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 120 AND id NOT GLOB '*[^a-z0-9-]*'),
  direction    TEXT NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
  mail_from    TEXT NOT NULL CHECK (length(mail_from) <= 320),
  sender       TEXT NOT NULL CHECK (length(sender) <= 320),
  author       TEXT NOT NULL CHECK (length(author) <= 320),
  subject      TEXT NOT NULL CHECK (length(subject) <= 1000),
  spam         INTEGER NOT NULL CHECK (spam IN (0, 1)),
  redirected   INTEGER NOT NULL CHECK (redirected IN (0, 1)),
  arrived      INTEGER NOT NULL CHECK (arrived IN (0, 1)),  -- every recipient has an outcome
  waiting      INTEGER NOT NULL CHECK (waiting IN (0, 1)),  -- for its functions, which are to be invoked now
  received_at  INTEGER NOT NULL CHECK (received_at BETWEEN -62135596800000 AND 253402300799999),
  retry_at     INTEGER CHECK (retry_at BETWEEN -62135596800000 AND 300000000000000),  -- when failed functions are invoked again
  forgotten_at INTEGER NOT NULL CHECK (forgotten_at BETWEEN -62135596800000 AND 300000000000000),
  bytes        INTEGER NOT NULL CHECK (bytes BETWEEN 0 AND 104857600),  -- of all contents
  original     BLOB NOT NULL CHECK (length(original) <= 26214400),
  updated      BLOB CHECK (length(updated) <= 26214400),
  delivered    BLOB CHECK (length(delivered) <= 26214400),
  UNIQUE (organization, id)
) STRICT;
CREATE INDEX message_list ON message (organization);
CREATE INDEX message_id ON message (id);
CREATE INDEX message_waiting ON message (number) WHERE waiting = 1;
CREATE INDEX message_retry ON message (retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX message_due ON message (forgotten_at);

CREATE TABLE message_recipient (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  message        INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  direction      TEXT NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),  -- whose rules it is at, or has ended with
  address        TEXT NOT NULL CHECK (address <> '' AND length(address) <= 320),
  entity_id      TEXT CHECK (entity_id <> '' AND length(entity_id) <= 256),
  rule           TEXT CHECK (rule <> '' AND length(rule) <= 64),
  action         TEXT NOT NULL CHECK (action = 'DROP' OR action = 'BOUNCE' OR action = 'MOVE_TO_JUNK' OR action = 'DEFAULT' OR action = 'BYPASS_SPAM_CHECK' OR action = 'ROUTE_TO_SMTP_GATEWAY' OR action = 'RUN_LAMBDA'),
  outcome        TEXT NOT NULL CHECK (outcome = 'PENDING' OR outcome = 'DELIVERED' OR outcome = 'JUNK' OR outcome = 'DROPPED' OR outcome = 'BOUNCED' OR outcome = 'SENT' OR outcome = 'ROUTED' OR outcome = 'NOT_FOUND' OR outcome = 'NO_MAILBOX'),
  bounce_message TEXT CHECK (length(bounce_message) <= 4096)
) STRICT;
CREATE INDEX message_recipient_list ON message_recipient (message);

-- Each attempt to invoke a function for a message.
CREATE TABLE message_invocation (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,
  message       INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  rule          TEXT NOT NULL CHECK (rule <> '' AND length(rule) <= 64),
  function_arn  TEXT NOT NULL CHECK (function_arn <> '' AND length(function_arn) <= 256),
  invocation_id TEXT NOT NULL CHECK (invocation_id <> '' AND length(invocation_id) <= 64),
  synchronous   INTEGER NOT NULL CHECK (synchronous IN (0, 1)),
  attempt       INTEGER NOT NULL CHECK (attempt BETWEEN 1 AND 1000),
  started_at    INTEGER NOT NULL CHECK (started_at BETWEEN -62135596800000 AND 253402300799999),
  milliseconds  REAL NOT NULL CHECK (milliseconds BETWEEN 0 AND 1000000),
  status        INTEGER CHECK (status BETWEEN 100 AND 599),  -- of the answer; none came without
  failure       TEXT CHECK (length(failure) <= 1000),        -- why the answer was not used
  event         TEXT NOT NULL CHECK (length(event) <= 131072),
  response      TEXT CHECK (length(response) <= 262144)
) STRICT;
CREATE INDEX message_invocation_list ON message_invocation (message);

-- The responses to calls with a ClientToken, so that a repeated call gets the same response.
-- Expired rows are ignored, and removed when the next one is written.
CREATE TABLE client_token (
  account      TEXT NOT NULL CHECK (length(account) = 12 AND account NOT GLOB '*[^0-9]*'),
  region       TEXT NOT NULL CHECK (region <> '' AND length(region) <= 64),
  operation    TEXT NOT NULL,
  token        TEXT NOT NULL CHECK (token <> '' AND length(token) <= 128),
  parameters   TEXT NOT NULL,         -- the input as JSON, without the token and without secrets
  answer       TEXT NOT NULL,
  forgotten_at INTEGER NOT NULL CHECK (forgotten_at BETWEEN -62135596800000 AND 300000000000000),
  PRIMARY KEY (account, region, operation, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_token_due ON client_token (forgotten_at);

-- The scheduled events. "subject" is the number of the row.
CREATE VIEW due (at, what, subject) AS
  SELECT next_state_at, 'organization', number FROM organization WHERE next_state_at IS NOT NULL
  UNION ALL SELECT verified_at, 'domain', number FROM domain WHERE verified_at IS NOT NULL
  UNION ALL SELECT purged_at, 'mailbox', entity FROM mailbox WHERE purged_at IS NOT NULL
  UNION ALL SELECT forgotten_at, 'tombstone', number FROM entity WHERE forgotten_at IS NOT NULL
  UNION ALL SELECT finishes_at, 'job', number FROM export_job WHERE finishes_at IS NOT NULL
  UNION ALL SELECT forgotten_at, 'job history', number FROM export_job
  UNION ALL SELECT expires_at, 'personal access token', number FROM personal_access_token
  UNION ALL SELECT retry_at, 'message retry', number FROM message WHERE retry_at IS NOT NULL
  UNION ALL SELECT forgotten_at, 'message', number FROM message;
