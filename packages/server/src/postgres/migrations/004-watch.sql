-- Detection and enforcement.

-- How far readers of the ledger have come. Distributed by name.
create table cursors (
  name text primary key,
  position bigint not null
);

-- Whether a number was asked about by one member or by several, as keyed tags. Distributed by tag.
create table asked (
  tag bytea primary key,
  asker bytea not null,           -- a keyed hash of the first who asked
  others boolean not null
);
create index asked_asker on asked (asker);

alter table lookups add column sketch jsonb;  -- what the batch looked like, as counts
alter table members add column ring_id text;  -- the ring whose budget the member shares, while it is throttled

-- Rings as detection found them last. Distributed by ring_id.
create table rings (
  ring_id text primary key,
  state text not null check (state in ('open', 'throttled', 'suspended', 'dismissed')),
  accounts integer not null,
  evidence double precision not null,
  found_at timestamptz not null,
  updated_at timestamptz not null,
  body jsonb not null             -- reasons, origins, timeline: what an analyst reads
);
create table ring_members (
  ring_id text not null,
  member_id text not null,
  evidence double precision not null,
  own double precision not null,
  flagged boolean not null,
  protected boolean not null,
  primary key (ring_id, member_id)
);

-- What somebody means to do to a ring, and what was done. Distributed by action_id.
create table actions (
  action_id uuid primary key,
  ring_id text not null,
  kind text not null check (kind in ('suspend')),
  state text not null check (state in ('planned', 'approved', 'done', 'undone')),
  fingerprint text not null,      -- of the accounts, so that a ring that has changed is planned anew
  members jsonb not null,
  summary jsonb not null,
  planned_by text not null,
  planned_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  done_by text,
  done_at timestamptz,
  undone_by text,
  undone_at timestamptz
);

-- What an action took away, kept to be given back exactly. Distributed by action_id.
create table withdrawn (
  action_id uuid not null,
  withdrawn_id uuid not null,
  member_id text not null,
  what text not null check (what in ('suspension', 'lookup', 'reveal')),
  row jsonb not null,
  primary key (action_id, withdrawn_id)
);
create index withdrawn_member on withdrawn (member_id);

-- Where the host wants to be told. Distributed by webhook_id.
create table webhooks (
  webhook_id uuid primary key,
  url text not null,
  secret_sealed bytea not null,
  created_at timestamptz not null
);

-- What it is to be told, until it has answered. Distributed by webhook_id.
create table deliveries (
  webhook_id uuid not null,
  delivery_id uuid not null,
  type text not null,
  body text not null,
  attempts integer not null,
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  next_at timestamptz not null,
  problem text,
  primary key (webhook_id, delivery_id)
);
create index deliveries_due on deliveries (next_at) where state = 'waiting';
