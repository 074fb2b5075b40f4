-- The ledger. A row is only ever inserted; later it is marked as sealed, once, and its context is erased with its member.

-- What happened. Distributed by member_id.
create table ledger (
  member_id text not null,        -- whose history this belongs to; for reveals the one who was revealed
  entry_id uuid not null,
  at timestamptz not null,
  kind text not null,
  other_id text,                  -- for reveals the viewer
  body text not null,             -- JSON as it was written: its bytes are what is proved, so it is not jsonb
  context_hash bytea,             -- SHA-256 of salt and context: binds them to the entry, and outlives them
  mac bytea not null,             -- HMAC-SHA-256 over every column above, under a key that is not in the database
  sealed boolean not null,
  context_salt bytea,
  context text,                   -- personal, JSON as it was hashed; null once it is erased
  primary key (member_id, entry_id)
);
create index ledger_unsealed on ledger (entry_id, member_id) where not sealed;
create index ledger_history on ledger (member_id, kind, at) where kind in ('reveal', 'setting', 'member-erased');

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
