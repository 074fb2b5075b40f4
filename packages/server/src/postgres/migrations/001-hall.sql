-- The truth of the hall. Every primary key and unique constraint contains the table's distribution column, so that
-- the same tables can be spread over a Citus cluster (see ../distribution.ts).

-- Distributed by member_id.
create table members (
  member_id text primary key,
  phone_sealed bytea,             -- the only place where a number is kept, sealed under the key-encryption key
  phone_tag bytea,                -- its keyed tag in the directory
  phone_verified_at timestamptz,
  discoverable text not null check (discoverable in ('nobody', 'mutual', 'anyone')),
  card_name text not null,
  card_handle text not null,
  card_avatar_url text,
  canary boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  suspended_at timestamptz,
  waiting_scopes jsonb,           -- the budgets that what waits will spend
  waiting_at timestamptz,         -- when to look again whether budget has come for what waits
  reveal_at timestamptz           -- the batch in which waiting reveals may be shown
);
create index members_waiting on members (waiting_at) where waiting_at is not null;
create index members_reveal on members (reveal_at) where reveal_at is not null;

-- Who owns a number. Distributed by tag. `open` repeats what the member chose, so that a lookup reads one row.
create table directory (
  tag bytea primary key,
  member_id text not null,
  verified_at timestamptz not null,
  open boolean not null
);

-- What a member has sent, as tags that mean nothing beside another member's. Distributed by member_id.
create table contacts (
  member_id text not null,
  tag bytea not null,
  slot bytea,                     -- where this pair meets in the current epoch; null while it waits or without a number
  slot_next bytea,                -- the same in the epoch to come, written ahead of it
  low boolean,                    -- which side of it is this member's
  epoch integer,
  private boolean not null,       -- sent in the private way: the tag is of the slot, the number is unknown
  waiting_slot boolean not null,  -- over the slots budget: `slot` is known but not yet written
  waiting_lookup bytea,           -- over the lookups budget: the directory tag to look up later
  primary key (member_id, tag)
);
create index contacts_waiting on contacts (member_id) where waiting_slot or waiting_lookup is not null;

-- The place where two members meet, one side each: the row is the lock that makes simultaneous syncs see each other.
-- Distributed by slot.
create table slots (
  slot bytea primary key,
  epoch integer not null,
  low_member text,
  low_payload bytea,              -- the sealed card, in the private way
  high_member text,
  high_payload bytea
);

-- Who sees whom. Distributed by viewer_id.
create table people (
  viewer_id text not null,
  subject_id text not null,
  how text not null check (how in ('mutual', 'number')),
  slot bytea,
  epoch integer,
  ally boolean not null,          -- a mutual meeting with an established member: reciprocity pays the viewer
  since timestamptz not null,
  primary key (viewer_id, subject_id, how)
);
create index people_subject on people (subject_id);

-- Lookups that are paid for and run off the path of the answer. Distributed by member_id.
create table lookups (
  member_id text not null,
  lookup_id uuid not null,
  tags bytea not null,            -- directory tags, 16 bytes each
  scopes jsonb not null,          -- the budgets that a reveal will spend
  primary key (member_id, lookup_id)
);

-- Reveals that wait for the next batch. Distributed by viewer_id.
create table reveals (
  viewer_id text not null,
  subject_id text not null,
  scopes jsonb not null,
  queued_at timestamptz not null,
  primary key (viewer_id, subject_id)
);
create index reveals_subject on reveals (subject_id);

-- Leaky buckets. Distributed by scope, a keyed hash of what is limited.
create table budgets (
  scope bytea not null,
  unit text not null check (unit in ('slots', 'lookups', 'reveals')),
  tat_ms double precision not null,       -- GCRA's theoretical arrival time
  extra_spent integer not null,           -- of what meetings with established members have added
  primary key (scope, unit)
);

-- Keys of the service, wrapped under the key-encryption key. Distributed by name.
create table keyring (
  name text primary key,
  wrapped bytea not null,
  created_at timestamptz not null
);

-- Hosts' keys, as hashes. Distributed by key_id.
create table service_keys (
  key_id text primary key,
  secret_hash bytea not null,
  label text not null,
  role text not null check (role in ('host', 'viewer', 'analyst', 'approver', 'admin')),
  created_at timestamptz not null,
  revoked_at timestamptz
);
