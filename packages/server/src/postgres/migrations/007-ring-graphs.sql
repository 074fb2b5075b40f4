-- Who of a ring shares what: large, and read only where it is drawn.
alter table rings add column graph jsonb;
