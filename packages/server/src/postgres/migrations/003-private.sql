-- The private way. Distributed as ../distribution.ts says.

-- Members whom anyone with their number can find, where their entry lies under one version of the OPRF key.
-- Distributed by tag.
create table open_entries (
  tag bytea not null,
  key_version integer not null,
  bucket integer not null,        -- the first 24 bits of the tag
  secret bytea not null,          -- seals the day's tickets to whoever evaluated the number
  handle bytea not null,          -- what a ticket names
  member_id text not null,
  primary key (tag, key_version)
);
create index open_entries_bucket on open_entries (key_version, bucket);
create index open_entries_handle on open_entries (handle);
create index open_entries_member on open_entries (member_id);

-- Under which version of the key a member's entry is published. Distributed by member_id.
alter table members add column open_version integer;
create index members_unpublished on members (open_version) where discoverable = 'anyone' and phone_tag is not null;

-- What holds for a whole day. Distributed by day.
create table open_days (
  day integer primary key,
  key_version integer not null,
  prefix_bits integer not null
);

-- A bucket as it was first asked for on a day, and stays all day. Distributed by prefix.
create table buckets (
  prefix integer not null,
  day integer not null,
  key_version integer not null,
  body bytea not null,
  primary key (prefix, day, key_version)
);

-- Evaluations that a member has paid for: a request that is repeated byte for byte is answered again, free.
-- Distributed by member_id.
create table evaluations (
  member_id text not null,
  request_tag bytea not null,
  key_version integer not null,
  paid integer not null,
  at timestamptz not null,
  primary key (member_id, request_tag)
);

-- How many elements a member has had evaluated under a version: as many are free under the next one.
-- Distributed by member_id.
create table evaluation_counts (
  member_id text not null,
  key_version integer not null,
  evaluated integer not null,
  primary key (member_id, key_version)
);
