-- Those who study rings and decide. Distributed as ../distribution.ts says.

-- Analysts. The key is the name as it is compared, so that no two differ by case alone. Distributed by name_key.
create table analysts (
  name_key text primary key,
  analyst_id uuid not null,
  name text not null,
  role text not null check (role in ('viewer', 'analyst', 'approver', 'admin')),
  state text not null check (state in ('active', 'disabled')),
  way text not null check (way in ('local', 'oidc')),
  password_hash text,             -- Argon2id with a secret that is not in the database; null for whoever signs in elsewhere
  must_change boolean not null,
  issued_by text,                 -- who made the account or last reset its password, and has seen its first password
  issued_at timestamptz,
  created_at timestamptz not null,
  last_seen_at timestamptz
);
create index analysts_id on analysts (analyst_id);

-- Which analyst a subject of the issuer outside is. Distributed by subject, a hash of issuer and subject.
create table analyst_subjects (
  subject bytea primary key,
  name_key text not null
);

-- Who is signed in. Distributed by token_hash.
create table sessions (
  token_hash bytea primary key,   -- SHA-256 of a 256-bit token that only the browser has
  name_key text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_name on sessions (name_key);
create index sessions_expiry on sessions (expires_at);

-- Failed sign-ins, by keyed tags of names, addresses and known browsers. Distributed by scope.
create table sign_in_failures (
  scope bytea primary key,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz not null
);

-- The analyst to whom a service key belongs: what the key does, that analyst does.
alter table service_keys add column owner text;

-- Who asked for approval, and which accounts are left alone.
alter table actions add column asked_by text;
alter table actions add column asked_at timestamptz;
alter table actions add column note text;
alter table actions add column left_out jsonb not null default '[]';

alter table rings add column note text;         -- why it was dismissed
alter table rings add column who_else jsonb;    -- the last search for others like it

-- The last run of detection. Distributed by name.
create table watch_runs (
  name text primary key,
  at timestamptz not null,
  events bigint not null,
  took_ms integer not null,
  rings integer not null
);

-- What is rare in the ledger, and looked for among all that is not.
create index ledger_rare on ledger (kind, entry_id)
  where kind in ('enforcement', 'case', 'view', 'sign-in', 'canary', 'member-erased');
