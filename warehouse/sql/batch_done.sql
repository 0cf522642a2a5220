-- Grain: none. Rows of persons are gone as soon as their batch is counted.
drop table if exists batch_people;
drop table if exists batch_codes;
drop table if exists batch_meant;
drop table if exists batch_cells;
drop table if exists batch_ticks;
