-- What a burst of lookups finds is shown later than what a few find.
alter table reveals rename column queued_at to ripe_at;
update withdrawn set row = (row - 'queued_at') || jsonb_build_object('ripe_at', row -> 'queued_at')
where what = 'reveal' and row ? 'queued_at';
