-- A database of schema version 2, which 0.2.0 has released, with rows in every table. A change of store/schema.sql
-- needs a new version; this file stays as it is.
BEGIN TRANSACTION;
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
INSERT INTO "access_control_rule" VALUES(1,1,'default','ALLOW','Default WorkMail Rule',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO "access_control_rule" VALUES(3,1,'outside','DENY','From outside',NULL,NULL,'EWS',NULL,'00000000-0000-7000-8000-000000000004',NULL,NULL,'00000000-0000-7000-8000-000000000011',1767225600000,1767225600000);
INSERT INTO "access_control_rule" VALUES(5,2,'default','ALLOW','Default WorkMail Rule',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
CREATE TABLE address (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  entity       INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  domain       INTEGER NOT NULL REFERENCES domain,
  address      TEXT NOT NULL CHECK (address <> '' AND length(address) <= 254),
  address_key  TEXT NOT NULL,
  UNIQUE (organization, address_key)
) STRICT;
INSERT INTO "address" VALUES(1,1,1,2,'alice@acme.test','alice@acme.test');
INSERT INTO "address" VALUES(2,1,1,2,'al@acme.test','al@acme.test');
INSERT INTO "address" VALUES(3,1,2,2,'robert@acme.test','robert@acme.test');
INSERT INTO "address" VALUES(4,1,2,2,'bob@acme.test','bob@acme.test');
INSERT INTO "address" VALUES(5,1,5,2,'everyone@acme.test','everyone@acme.test');
INSERT INTO "address" VALUES(6,1,7,2,'room@acme.test','room@acme.test');
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
INSERT INTO "availability_configuration" VALUES(1,1,'ews.test','ews.test','https://ews.example.test/EWS.asmx','reader',NULL,1767225600000,1767225600000);
INSERT INTO "availability_configuration" VALUES(2,1,'lambda.test','lambda.test',NULL,NULL,'arn:aws:lambda:us-east-1:000000000000:function:availability',1767225600000,1767225600000);
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
INSERT INTO "client_token" VALUES('000000000000','us-east-1','CreateOrganization','token-1','{"Alias":"tokened"}','{"OrganizationId":"m-00000000000070008000000000000019"}',1767312000000);
INSERT INTO "client_token" VALUES('000000000000','us-east-1','StartMailboxExportJob','token-2','{"ClientToken":"","OrganizationId":"m-00000000000070008000000000000001","EntityId":"00000000-0000-7000-8000-000000000004","RoleArn":"arn:aws:iam::000000000000:role/export","KmsKeyArn":"arn:aws:kms:us-east-1:000000000000:key/1","S3BucketName":"bucket","S3Prefix":"mail"}','{"JobId":"00000000-0000-7000-8000-00000000001c"}',1767312000000);
CREATE TABLE domain (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  organization   INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  name           TEXT NOT NULL CHECK (length(name) BETWEEN 3 AND 255),  -- lower case
  is_test        INTEGER NOT NULL CHECK (is_test IN (0, 1)),
  hosted_zone_id TEXT CHECK (length(hosted_zone_id) <= 32),
  ownership      TEXT NOT NULL CHECK (ownership = 'PENDING' OR ownership = 'VERIFIED' OR ownership = 'FAILED'),
  dkim           TEXT NOT NULL CHECK (dkim = 'PENDING' OR dkim = 'VERIFIED' OR dkim = 'FAILED'),
  verified_at    INTEGER CHECK (verified_at BETWEEN -62135596800000 AND 300000000000000),  -- when a pending domain becomes verified by itself
  UNIQUE (organization, name)
) STRICT;
INSERT INTO "domain" VALUES(1,1,'every-operation.awsapps.com',1,NULL,'VERIFIED','VERIFIED',NULL);
INSERT INTO "domain" VALUES(2,1,'acme.test',0,NULL,'VERIFIED','VERIFIED',NULL);
INSERT INTO "domain" VALUES(3,1,'other.test',0,NULL,'VERIFIED','VERIFIED',NULL);
INSERT INTO "domain" VALUES(4,2,'tokened.awsapps.com',1,NULL,'VERIFIED','VERIFIED',NULL);
CREATE TABLE email_monitoring (
  organization  INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  role_arn      TEXT NOT NULL CHECK (length(role_arn) <= 2048),
  log_group_arn TEXT NOT NULL CHECK (length(log_group_arn) <= 562)
) STRICT;
INSERT INTO "email_monitoring" VALUES(1,'arn:aws:iam::000000000000:role/mail','arn:aws:logs:us-east-1:000000000000:log-group:/aws/workmail/events:*');
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
INSERT INTO "entity" VALUES(1,1,0,'00000000-0000-7000-8000-000000000004','alice','alice',1,'alice@acme.test',1767225600000,NULL,NULL,0,'USER','Alice','Alice',NULL,NULL,NULL,NULL,NULL,'Oxford',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entity" VALUES(2,1,0,'00000000-0000-7000-8000-000000000005','bob','bob',1,'robert@acme.test',1767225600000,NULL,NULL,0,'USER','Bob',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entity" VALUES(3,1,0,'00000000-0000-7000-8000-000000000008','gone','gone',2,NULL,NULL,NULL,1769817600000,0,'USER','Gone',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entity" VALUES(4,1,0,'00000000-0000-7000-8000-00000000000b','carol','carol',0,NULL,1767225600000,1767225600000,NULL,0,'USER','Carol',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entity" VALUES(5,1,1,'00000000-0000-7000-8000-000000000006','everyone','everyone',1,'everyone@acme.test',1767225600000,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entity" VALUES(6,1,1,'00000000-0000-7000-8000-000000000009','gone','gone',2,NULL,NULL,NULL,1769817600000,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entity" VALUES(7,1,2,'r-00000000000070008000000000000007','room','room',1,'room@acme.test',1767225600000,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ROOM','With a view',1,0,0);
INSERT INTO "entity" VALUES(8,1,2,'r-0000000000007000800000000000000a','gone','gone',2,NULL,NULL,NULL,1769817600000,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'EQUIPMENT',NULL,1,0,1);
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
  finishes_at  INTEGER CHECK (finishes_at BETWEEN -62135596800000 AND 300000000000000),  -- when a running job completes by itself
  ended_at     INTEGER CHECK (ended_at BETWEEN -62135596800000 AND 300000000000000),
  forgotten_at INTEGER NOT NULL CHECK (forgotten_at BETWEEN -62135596800000 AND 300000000000000),  -- when it leaves the history
  UNIQUE (organization, id)
) STRICT;
INSERT INTO "export_job" VALUES(1,1,'00000000-0000-7000-8000-00000000001c','00000000-0000-7000-8000-000000000004',NULL,'arn:aws:iam::000000000000:role/export','arn:aws:kms:us-east-1:000000000000:key/1','bucket','mail','mail/00000000-0000-7000-8000-00000000001c.zip','RUNNING',NULL,1767225600000,1767225620000,NULL,1767830400000);
CREATE TABLE group_member (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  group_   INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  member   INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  UNIQUE (group_, member)
) STRICT;
INSERT INTO "group_member" VALUES(1,5,1);
CREATE TABLE identity_center_application (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  account      TEXT NOT NULL CHECK (length(account) = 12 AND account NOT GLOB '*[^0-9]*'),
  region       TEXT NOT NULL CHECK (region <> '' AND length(region) <= 64),
  arn          TEXT NOT NULL CHECK (length(arn) BETWEEN 10 AND 1224),
  name         TEXT NOT NULL CHECK (length(name) <= 255),
  instance_arn TEXT NOT NULL CHECK (length(instance_arn) BETWEEN 10 AND 1124),
  UNIQUE (account, region, arn)
) STRICT;
INSERT INTO "identity_center_application" VALUES(1,'000000000000','us-east-1','arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0000000000000018','mail','arn:aws:sso:::instance/ssoins-0123456789abcdef');
CREATE TABLE identity_provider (
  organization           INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  authentication_mode    TEXT NOT NULL CHECK (authentication_mode IN ('IDENTITY_PROVIDER_ONLY', 'IDENTITY_PROVIDER_AND_DIRECTORY')),
  instance_arn           TEXT NOT NULL CHECK (length(instance_arn) BETWEEN 10 AND 1124),
  application_arn        TEXT NOT NULL CHECK (length(application_arn) BETWEEN 10 AND 1224),
  token_status           TEXT NOT NULL CHECK (token_status IN ('ACTIVE', 'INACTIVE')),
  token_lifetime_in_days INTEGER CHECK (token_lifetime_in_days BETWEEN 1 AND 3653)
) STRICT;
INSERT INTO "identity_provider" VALUES(1,'IDENTITY_PROVIDER_AND_DIRECTORY','arn:aws:sso:::instance/ssoins-0123456789abcdef','arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0000000000000018','ACTIVE',90);
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
INSERT INTO "impersonation_role" VALUES(1,1,'00000000-0000-7000-8000-000000000011','calendar','calendar','FULL_ACCESS','Calendar',1767225600000,1767225600000);
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
INSERT INTO "impersonation_rule" VALUES(1,1,'one','First',NULL,'ALLOW','00000000-0000-7000-8000-000000000004',NULL);
CREATE TABLE mailbox (
  entity           INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
  quota_megabytes  INTEGER NOT NULL CHECK (quota_megabytes BETWEEN 1 AND 2147483647),
  used_megabytes   REAL NOT NULL CHECK (used_megabytes BETWEEN 0 AND 1.7976931348623157e308),
  provisioned_at   INTEGER NOT NULL CHECK (provisioned_at BETWEEN -62135596800000 AND 253402300799999),
  deprovisioned_at INTEGER CHECK (deprovisioned_at BETWEEN -62135596800000 AND 253402300799999),
  purged_at        INTEGER CHECK (purged_at BETWEEN -62135596800000 AND 300000000000000)  -- when a retained mailbox is deleted for good
) STRICT;
INSERT INTO "mailbox" VALUES(1,1024,12.5,1767225600000,NULL,NULL);
INSERT INTO "mailbox" VALUES(2,51200,0.0,1767225600000,NULL,NULL);
INSERT INTO "mailbox" VALUES(4,51200,0.0,1767225600000,1767225600000,1769817600000);
INSERT INTO "mailbox" VALUES(7,51200,0.0,1767225600000,NULL,NULL);
CREATE TABLE mailbox_permission (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  owner          INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  grantee        INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  full_access    INTEGER NOT NULL CHECK (full_access IN (0, 1)),
  send_as        INTEGER NOT NULL CHECK (send_as IN (0, 1)),
  send_on_behalf INTEGER NOT NULL CHECK (send_on_behalf IN (0, 1)),
  UNIQUE (owner, grantee)
) STRICT;
INSERT INTO "mailbox_permission" VALUES(1,1,2,0,1,0);
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
INSERT INTO "mobile_device_access_override" VALUES(1,1,1,'A1','a1','ALLOW','The boss',1767225600000,1767225600000);
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
INSERT INTO "mobile_device_access_rule" VALUES(1,1,'00000000-0000-7000-8000-000000000003','default','Default WorkMail Rule','ALLOW',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1767225600000,1767225600000);
INSERT INTO "mobile_device_access_rule" VALUES(2,1,'00000000-0000-7000-8000-000000000016','no phones','At work','DENY','phone',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1767225600000,1767225600000);
INSERT INTO "mobile_device_access_rule" VALUES(3,2,'00000000-0000-7000-8000-00000000001b','default','Default WorkMail Rule','ALLOW',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1767225600000,1767225600000);
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
INSERT INTO "organization" VALUES(1,'m-00000000000070008000000000000001','000000000000','us-east-1','every-operation','every-operation','Active',NULL,'d-9000000002',0,0,NULL,'acme.test',0,1767225600000,NULL);
INSERT INTO "organization" VALUES(2,'m-00000000000070008000000000000019','000000000000','us-east-1','tokened','tokened','Requested',NULL,'d-900000001a',0,0,NULL,'tokened.awsapps.com',1,NULL,1767225610000);
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
INSERT INTO "personal_access_token" VALUES(1,1,1,'00000000-0000-7000-8000-00000000000c','phone','imap',1767225600000,1767225600000,1798761600000);
CREATE TABLE resource_delegate (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  resource INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  delegate INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  UNIQUE (resource, delegate)
) STRICT;
INSERT INTO "resource_delegate" VALUES(1,7,1);
CREATE TABLE retention_folder (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES retention_policy ON DELETE CASCADE,
  name         TEXT NOT NULL CHECK (name = 'INBOX' OR name = 'DELETED_ITEMS' OR name = 'SENT_ITEMS' OR name = 'DRAFTS' OR name = 'JUNK_EMAIL'),
  action       TEXT NOT NULL CHECK (action = 'NONE' OR action = 'DELETE' OR action = 'PERMANENTLY_DELETE'),
  period       INTEGER CHECK (period BETWEEN 1 AND 730),  -- days
  UNIQUE (organization, name)
) STRICT;
INSERT INTO "retention_folder" VALUES(1,1,'INBOX','DELETE',30);
CREATE TABLE retention_policy (
  organization INTEGER PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  id           TEXT NOT NULL CHECK (id <> '' AND length(id) <= 64),
  name         TEXT NOT NULL CHECK (name <> '' AND length(name) <= 64),
  description  TEXT CHECK (length(description) <= 256)
) STRICT;
INSERT INTO "retention_policy" VALUES(1,'00000000-0000-7000-8000-000000000017','keep','A month');
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('clock','frozen 1767225600000');
INSERT INTO "setting" VALUES('counted identifiers','28');
CREATE TABLE tag (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  organization INTEGER NOT NULL REFERENCES organization ON DELETE CASCADE,
  key          TEXT NOT NULL CHECK (key <> '' AND length(key) <= 128),
  value        TEXT NOT NULL CHECK (length(value) <= 256),
  UNIQUE (organization, key)
) STRICT;
INSERT INTO "tag" VALUES(1,1,'team','blue');
CREATE INDEX organization_account ON organization (account, region);
CREATE INDEX organization_alias ON organization (alias_key);
CREATE INDEX organization_directory ON organization (directory_id);
CREATE INDEX organization_due ON organization (next_state_at) WHERE next_state_at IS NOT NULL;
CREATE INDEX domain_list ON domain (organization);
CREATE INDEX domain_name ON domain (name);
CREATE INDEX domain_due ON domain (verified_at) WHERE verified_at IS NOT NULL;
CREATE UNIQUE INDEX entity_id ON entity (organization, id);
CREATE INDEX entity_list ON entity (organization, kind);
CREATE UNIQUE INDEX entity_name ON entity (organization, name_key, kind) WHERE state <> 2;
CREATE INDEX entity_state ON entity (organization, kind, state);
CREATE INDEX entity_deleted ON entity (organization, kind, name_key) WHERE state = 2;
CREATE INDEX entity_identity_provider_user ON entity (organization, identity_provider_user_id COLLATE NOCASE)
  WHERE identity_provider_user_id IS NOT NULL AND state <> 2;
CREATE INDEX entity_due ON entity (forgotten_at) WHERE forgotten_at IS NOT NULL;
CREATE INDEX address_entity ON address (entity);
CREATE INDEX address_domain ON address (domain);
CREATE INDEX mailbox_due ON mailbox (purged_at) WHERE purged_at IS NOT NULL;
CREATE INDEX group_member_list ON group_member (group_);
CREATE INDEX group_member_member ON group_member (member, group_);
CREATE INDEX resource_delegate_list ON resource_delegate (resource);
CREATE INDEX resource_delegate_delegate ON resource_delegate (delegate);
CREATE INDEX mailbox_permission_list ON mailbox_permission (owner);
CREATE INDEX mailbox_permission_grantee ON mailbox_permission (grantee);
CREATE INDEX export_job_list ON export_job (organization);
CREATE INDEX export_job_entity ON export_job (organization, entity_id);
CREATE INDEX export_job_due ON export_job (finishes_at) WHERE finishes_at IS NOT NULL;
CREATE INDEX export_job_forgotten ON export_job (forgotten_at);
CREATE INDEX access_control_rule_list ON access_control_rule (organization);
CREATE INDEX impersonation_role_list ON impersonation_role (organization);
CREATE INDEX impersonation_rule_list ON impersonation_rule (role);
CREATE INDEX mobile_device_access_rule_list ON mobile_device_access_rule (organization);
CREATE INDEX mobile_device_access_override_list ON mobile_device_access_override (organization);
CREATE INDEX mobile_device_access_override_user ON mobile_device_access_override (user);
CREATE INDEX mobile_device_access_override_device ON mobile_device_access_override (organization, device_key);
CREATE INDEX availability_configuration_list ON availability_configuration (organization);
CREATE INDEX identity_provider_application ON identity_provider (application_arn);
CREATE INDEX personal_access_token_list ON personal_access_token (organization);
CREATE INDEX personal_access_token_user ON personal_access_token (user);
CREATE INDEX personal_access_token_due ON personal_access_token (expires_at);
CREATE INDEX client_token_due ON client_token (forgotten_at);
CREATE VIEW due (at, what, subject) AS
  SELECT next_state_at, 'organization', number FROM organization WHERE next_state_at IS NOT NULL
  UNION ALL SELECT verified_at, 'domain', number FROM domain WHERE verified_at IS NOT NULL
  UNION ALL SELECT purged_at, 'mailbox', entity FROM mailbox WHERE purged_at IS NOT NULL
  UNION ALL SELECT forgotten_at, 'tombstone', number FROM entity WHERE forgotten_at IS NOT NULL
  UNION ALL SELECT finishes_at, 'job', number FROM export_job WHERE finishes_at IS NOT NULL
  UNION ALL SELECT forgotten_at, 'job history', number FROM export_job
  UNION ALL SELECT expires_at, 'personal access token', number FROM personal_access_token;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('organization',2);
INSERT INTO "sqlite_sequence" VALUES('tag',1);
INSERT INTO "sqlite_sequence" VALUES('domain',4);
INSERT INTO "sqlite_sequence" VALUES('entity',8);
INSERT INTO "sqlite_sequence" VALUES('address',6);
INSERT INTO "sqlite_sequence" VALUES('group_member',1);
INSERT INTO "sqlite_sequence" VALUES('resource_delegate',1);
INSERT INTO "sqlite_sequence" VALUES('mailbox_permission',1);
INSERT INTO "sqlite_sequence" VALUES('export_job',1);
INSERT INTO "sqlite_sequence" VALUES('access_control_rule',5);
INSERT INTO "sqlite_sequence" VALUES('impersonation_role',1);
INSERT INTO "sqlite_sequence" VALUES('impersonation_rule',1);
INSERT INTO "sqlite_sequence" VALUES('mobile_device_access_rule',3);
INSERT INTO "sqlite_sequence" VALUES('mobile_device_access_override',1);
INSERT INTO "sqlite_sequence" VALUES('availability_configuration',2);
INSERT INTO "sqlite_sequence" VALUES('retention_folder',1);
INSERT INTO "sqlite_sequence" VALUES('identity_center_application',1);
INSERT INTO "sqlite_sequence" VALUES('personal_access_token',1);
COMMIT;
PRAGMA application_id = 1464683631;
PRAGMA user_version = 2;
