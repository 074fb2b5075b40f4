-- Cases, and what came out of the ledger for them. Everything of a case lies on one shard.

-- One investigation. Distributed by case_id.
create table cases (
  case_id text primary key,
  name text not null,
  state text not null check (state in ('open', 'closed')),
  opened_by text not null,
  opened_at timestamptz not null,
  noticed_at timestamptz,         -- when somebody first saw that something was wrong
  host jsonb not null,            -- who publishes the outputs, and how to reach them
  attribution jsonb,              -- a human's sentence with its confidence
  run integer                     -- the computation that every output is made of
);
create table case_rings (
  case_id text not null,
  ring_id text not null,
  added_at timestamptz not null,
  added_by text not null,
  primary key (case_id, ring_id)
);
create table case_records (
  case_id text not null,
  record_id uuid not null,
  kind text not null check (kind in ('note', 'evidence', 'decision')),
  at timestamptz not null,
  by text not null,
  name text,                      -- of a piece of evidence; what a decision was about
  text text not null,
  primary key (case_id, record_id)
);

-- One computation of a case's exposure. It is kept beside the one before until it is done. Distributed by case_id.
create table case_runs (
  case_id text not null,
  run integer not null,
  phase text not null check (phase in ('accounts', 'exposed', 'tried', 'ready')),
  after text not null,            -- how far the phase has come: ids in order
  done bigint not null,
  total bigint not null,
  started_at timestamptz not null,
  started_by text not null,
  figures jsonb,
  primary key (case_id, run)
);

-- The accounts whose doings are worked out, as they were in the rings when it began. Distributed by case_id.
create table case_accounts (
  case_id text not null,
  run integer not null,
  member_id text not null,
  suspended boolean,
  erased boolean,
  kept bigint,                    -- numbers that its book still holds, as tags
  waiting bigint,                 -- those of them that were never looked up
  primary key (case_id, run, member_id)
);

-- What an account did on a day from one place. Distributed by case_id.
create table case_activity (
  case_id text not null,
  run integer not null,
  member_id text not null,
  part integer not null,
  day date not null,
  country text not null,
  asn bigint not null,
  operator text not null,
  network text not null,
  prefix text not null,
  syncs bigint not null,
  numbers bigint not null,
  private_numbers bigint not null,
  rejected bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  sent_from timestamptz,          -- when numbers of the plain way came, the first and the last
  sent_until timestamptz,
  primary key (case_id, run, member_id, part)
);

-- Cards that were shown to an account: one row for each entry of the ledger. Distributed by case_id.
create table case_reveals (
  case_id text not null,
  run integer not null,
  member_id text not null,        -- whose card
  entry_id uuid not null,
  viewer_id text not null,
  at timestamptz not null,
  how text not null,
  primary key (case_id, run, member_id, entry_id)
);

-- Whose cards they were. Distributed by case_id.
create table case_exposed (
  case_id text not null,
  run integer not null,
  member_id text not null,
  kind text check (kind in ('person', 'erased', 'canary', 'account')),
  language text,
  primary key (case_id, run, member_id)
);

-- Whose numbers were in the accounts' books, whether or not a card was shown. Distributed by case_id.
create table case_tried (
  case_id text not null,
  run integer not null,
  member_id text not null,
  from_at timestamptz not null,   -- the number came between these two
  until_at timestamptz not null,
  setting text check (setting in ('nobody', 'mutual', 'noNumber', 'waiting', 'exposed', 'account', 'canary')),
  changed boolean,                -- the setting changed between the two
  primary key (case_id, run, member_id)
);

-- Reveals by viewer: what an account was shown is found without reading the whole ledger.
create index ledger_shown on ledger (other_id, entry_id) include (member_id, at, body) where kind = 'reveal';
