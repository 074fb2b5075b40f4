-- The ledger. Rows of `ledger` are only ever inserted, and marked once as sealed.

-- What happened. Distributed by member_id.
create table ledger (
  member_id text not null,        -- whose history this belongs to; for reveals the one who was revealed
  entry_id uuid not null,
  at timestamptz not null,
  kind text not null,
  other_id text,                  -- for reveals the viewer
  body text not null,             -- JSON as it was written: its bytes are what is proved, so it is not jsonb
  context_hash bytea,             -- salted SHA-256 of the entry's personal context
  mac bytea not null,             -- HMAC-SHA-256 over every column above, under a key that is not in the database
  sealed boolean not null,
  primary key (member_id, entry_id)
);
create index ledger_unsealed on ledger (entry_id, member_id) where not sealed;
create index ledger_history on ledger (member_id, kind, at) where kind in ('reveal', 'setting', 'member-erased');

-- Personal context of entries, erased with the member. Distributed by member_id.
create table ledger_contexts (
  member_id text not null,
  entry_id uuid not null,
  salt bytea not null,
  context text not null,          -- JSON as it was hashed
  primary key (member_id, entry_id)
);

-- The place of each sealed entry in the Merkle tree. Distributed by leaf_index.
create table ledger_leaves (
  leaf_index bigint primary key,
  member_id text not null,
  entry_id uuid not null,
  leaf_hash bytea not null,       -- RFC 6962: SHA-256(0x00 || entry)
  seal bytea not null             -- HMAC-SHA-256 over the columns above: a leaf cannot be moved
);
create index ledger_leaves_entry on ledger_leaves (entry_id);

-- The tree itself, up to 256 hashes of one level in a row, as in C2SP tlog-tiles. Distributed by tile.
create table ledger_tiles (
  tile bigint not null,
  level smallint not null,
  hashes bytea not null,          -- 32 bytes each
  primary key (tile, level)
);
alter table ledger_tiles alter column hashes set storage external; -- hashes do not compress

-- Signed tree heads, one for each batch sealed. Distributed by size.
create table ledger_checkpoints (
  size bigint primary key,
  root bytea not null,
  note text not null,             -- C2SP tlog-checkpoint in a signed note
  sealed_at timestamptz not null
);
