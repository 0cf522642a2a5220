-- Grain: see each table. Holds real counts of approved breakdowns: restricted, never for publication.
create schema if not exists marts;

-- Grain: one row per release and delivery. counted_as: vertegenwoordigers below the minimum count as residents.
create table if not exists marts.deliveries (
    release varchar, delivery_no integer, delivery varchar, area varchar, instrument varchar, kind varchar,
    interviews boolean, meting varchar, meting_start date, meting_end date, doelgroep varchar, counted_as varchar,
    codebook varchar, invited integer, population integer, steekproef varchar, n bigint, weighted boolean,
    min_group integer, min_support integer, policy varchar, people bigint, primary key (release, delivery_no)
);

-- Grain: one row per release, codebook and item; question: equal for items that may be compared.
create table if not exists marts.items (
    release varchar, instrument varchar, codebook varchar, item varchar, question varchar, is_reference boolean,
    text varchar, theme varchar, uitgangspunt varchar, uitgangspunt_status varchar, statistic varchar,
    scale varchar, direction varchar, base_rule varchar, sensitive boolean, several boolean, has_good_end boolean,
    low integer, high integer, definition varchar, primary key (release, codebook, item)
);

-- Grain: one row per release, codebook, item and possible answer, in the codebook's order.
create table if not exists marts.possible_answers (
    release varchar, codebook varchar, item varchar, code varchar, answer varchar, meaning varchar, place integer
);

-- Grain: one row per release, instrument and named thing of a codebook (phase, theme, aspect, breakdown value).
create table if not exists marts.labels (
    release varchar, instrument varchar, what varchar, code varchar, label varchar, place integer
);

-- Grain: one row per release, breakdown and code, with the code it merges into.
create table if not exists marts.breakdown_values (
    release varchar, breakdown varchar, code varchar, parent varchar, primary key (release, breakdown, code)
);

-- Grain: one row per release, codebook and breakdown that is a special category of personal data (art. 9).
create table if not exists marts.sensitive_breakdowns (
    release varchar, codebook varchar, breakdown varchar, primary key (release, codebook, breakdown)
);

-- Grain: one row per release and area.
create table if not exists marts.areas (
    release varchar, area varchar, name varchar, kind varchar, primary key (release, area)
);

-- Grain: one row per release, delivering area and area it counts in (itself, provincie, verband, benchmark, NL).
create table if not exists marts.area_tree (
    release varchar, leaf varchar, area varchar, kind varchar, primary key (release, leaf, area)
);

-- Grain: one row per release, delivery, item, breakdown and value; n: people who answered, w: their weights.
create table if not exists marts.bases (
    release varchar, delivery_no integer, item varchar, breakdown varchar, breakdown_value varchar,
    n bigint, w decimal(18, 6)
);

-- Grain: one row per release, delivery, item, breakdown, value and answer.
create table if not exists marts.answers (
    release varchar, delivery_no integer, item varchar, breakdown varchar, breakdown_value varchar,
    answer varchar, meaning varchar, n bigint, w decimal(18, 6)
);

-- Grain: one row per release, delivery, item, breakdown and value; sums are exact, division comes last.
create table if not exists marts.means (
    release varchar, delivery_no integer, item varchar, breakdown varchar, breakdown_value varchar,
    n bigint, total decimal(18, 6), w decimal(18, 6), total_w decimal(28, 6)
);

-- Grain: one row per release, delivery, item, breakdown, value and weight other than 1 (their mean); n: people.
create table if not exists marts.weights (
    release varchar, delivery_no integer, item varchar, breakdown varchar, breakdown_value varchar,
    weight decimal(18, 6), n bigint
);

-- Grain: one row per release, study, doelgroep, area and sensitive breakdown of which one group holds nearly everybody by
-- now, while an earlier release counted its groups: nothing new is said of it.
create table if not exists marts.kept_groups (
    release varchar, instrument varchar, meting varchar, doelgroep varchar, area varchar, breakdown varchar
);

-- Grain: one row per release, delivery, kind, phase (or TOTAAL) and theme; n: people or journeys, never steps.
create table if not exists marts.themes (
    release varchar, delivery_no integer, kind varchar, phase varchar, theme varchar, n bigint
);

-- Grain: one row per release, delivery, phase and aspect ('' is the curve itself); each journey counts once.
create table if not exists marts.phases (
    release varchar, delivery_no integer, phase varchar, aspect varchar, pos bigint, neu bigint, neg bigint
);

-- Grain: one row per release, delivery, indicator: figures that somebody else counted; never mixed with ours.
create table if not exists marts.known (
    release varchar, delivery_no integer, indicator varchar, period varchar, value decimal(9, 2), n bigint
);

-- Grain: one row per release, area, instrument, meting, doelgroep, question, breakdown and value.
create or replace view marts.base_cells as
select
    d.release, d.area, d.instrument, d.meting, d.counted_as as doelgroep, i.question,
    b.breakdown, b.breakdown_value,
    sum(b.n)::bigint as n
from marts.bases b
join marts.deliveries d using (release, delivery_no)
join marts.items i on i.release = d.release and i.codebook = d.codebook and i.item = b.item
group by all;

-- Grain: as base_cells, per answer.
create or replace view marts.answer_cells as
select
    d.release, d.area, d.instrument, d.meting, d.counted_as as doelgroep, i.question,
    a.breakdown, a.breakdown_value, a.answer, a.meaning,
    sum(a.n)::bigint as n, sum(a.w) as w
from marts.answers a
join marts.deliveries d using (release, delivery_no)
join marts.items i on i.release = d.release and i.codebook = d.codebook and i.item = a.item
group by all;
