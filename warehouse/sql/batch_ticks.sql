-- Grain: one row per delivery, item, breakdown and value (bases), and per answer (answers), where several answers
-- were allowed: everybody counts once per item and once per answer. Not weighted.
-- Reads: ticks_wide (Arrow), batch_people.
create or replace temp table batch_ticks as
with long as (
    unpivot ticks_wide on columns(* exclude (row_no)) into name item value cell
),
ticks as (
    select row_no, item, trim(unnest(string_split_regex(cell, '[;|]'))) as code from long
)
select p.delivery_no, p.person, p.breakdown, p.breakdown_value, t.item, t.code
from ticks t join batch_people p using (row_no)
where t.code <> '';

insert into marts.bases
select
    $release, delivery_no, item, breakdown, breakdown_value,
    count(distinct person), count(distinct person)::decimal(18, 6)
from batch_ticks
group by all;

insert into marts.answers
select
    $release, t.delivery_no, t.item, t.breakdown, t.breakdown_value,
    case when i.statistic = 'improvement' then t.code else coalesce(a.answer, t.code) end as answer,
    coalesce(a.meaning, 'other') as meaning, count(distinct t.person), count(distinct t.person)::decimal(18, 6)
from batch_ticks t
join marts.items i on i.release = $release and i.codebook = $codebook and i.item = t.item
left join marts.possible_answers a
    on a.release = $release and a.codebook = $codebook and a.item = t.item and a.code = t.code
group by all;
