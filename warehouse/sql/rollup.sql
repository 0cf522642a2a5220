-- Grain: temp tables of one release, per area (and everything above it), doelgroep, question and group (and above).
-- Holds real counts, in memory only; a number leaves this connection only through a protected cell.

-- Grain: one row per breakdown value and the (coarser) value it counts in, itself included.
create or replace temp table value_up as
with recursive used as (
    select distinct breakdown, breakdown_value as code from marts.bases where release = $release
),
up as (
    select breakdown, code, code as value from used
    union
    select up.breakdown, up.code, v.parent
    from up join marts.breakdown_values v on v.breakdown = up.breakdown and v.code = up.value
    where v.release = $release and v.parent <> 'TOTAAL'
)
select * from up;

-- Grain: one row per cell: people, how many areas they come from, the largest of these.
create or replace temp table cell_bases as
with leaf as (
    select * from marts.base_cells where release = $release
    union all
    select release, area, instrument, meting, counted_as, 'respons', 'TOTAAL', 'TOTAAL', sum(n)::bigint
    from marts.deliveries where release = $release and n > 0 group by all
),
per_leaf as (
    select
        l.instrument, l.meting, l.doelgroep, l.question, t.area, t.kind, t.leaf, l.breakdown,
        coalesce(u.value, 'TOTAAL') as breakdown_value, sum(l.n)::bigint as n
    from leaf l
    join marts.area_tree t on t.release = l.release and t.leaf = l.area
    left join value_up u on u.breakdown = l.breakdown and u.code = l.breakdown_value
    group by all
)
select
    instrument, meting, doelgroep, question, area, breakdown, breakdown_value,
    sum(n)::bigint as n, count(*) as leaves, max(n) as largest, bool_or(area <> leaf) as pooled
from per_leaf
where n > 0
group by all;

-- Grain: one row per cell of a question with a good end.
create or replace temp table cell_shares as
select
    a.instrument, a.meting, a.doelgroep, a.question, t.area, a.breakdown, u.value as breakdown_value,
    coalesce(sum(a.n) filter (a.meaning = 'positive'), 0)::bigint as positive,
    coalesce(sum(a.n) filter (a.meaning = 'negative'), 0)::bigint as negative,
    coalesce(sum(a.w) filter (a.meaning = 'positive'), 0) as positive_w, sum(a.w) as total_w
from marts.answer_cells a
join marts.area_tree t on t.release = a.release and t.leaf = a.area
join value_up u on u.breakdown = a.breakdown and u.code = a.breakdown_value
where a.release = $release
group by all;

-- Grain: one row per cell of a question with a number as answer.
create or replace temp table cell_means as
select
    d.instrument, d.meting, d.counted_as as doelgroep, i.question, t.area, m.breakdown, u.value as breakdown_value,
    sum(m.total) as total, sum(m.w) as w, sum(m.total_w) as total_w
from marts.means m
join marts.deliveries d using (release, delivery_no)
join marts.items i on i.release = d.release and i.codebook = d.codebook and i.item = m.item
join marts.area_tree t on t.release = m.release and t.leaf = d.area
join value_up u on u.breakdown = m.breakdown and u.code = m.breakdown_value
where m.release = $release
group by all;

-- Grain: one row per cell with weights: (weight, people) pairs, without those of weight 1.
create or replace temp table cell_weights as
with each as (
    select
        d.instrument, d.meting, d.counted_as as doelgroep, i.question, t.area, w.breakdown,
        u.value as breakdown_value, w.weight, sum(w.n)::bigint as n
    from marts.weights w
    join marts.deliveries d using (release, delivery_no)
    join marts.items i on i.release = d.release and i.codebook = d.codebook and i.item = w.item
    join marts.area_tree t on t.release = w.release and t.leaf = d.area
    join value_up u on u.breakdown = w.breakdown and u.code = w.breakdown_value
    where w.release = $release
    group by all
)
select * exclude (weight, n), list({'weight': weight, 'n': n} order by weight) as weights
from each
group by all;

-- Grain: one row per area, doelgroep, question and answer; totals only.
create or replace temp table cell_answers as
select a.instrument, a.meting, a.doelgroep, a.question, t.area, a.answer, sum(a.n)::bigint as n
from marts.answer_cells a
join marts.area_tree t on t.release = a.release and t.leaf = a.area
where a.release = $release and a.breakdown = 'TOTAAL'
group by all;

-- Grain: one row per area, instrument, meting and doelgroep: who was asked, and how.
create or replace temp table cell_asked as
select
    d.instrument, d.meting, d.counted_as as doelgroep, t.area,
    case when bool_and(d.invited is not null) then sum(d.invited)::bigint end as invited,
    case when count(distinct d.steekproef) = 1 then min(d.steekproef) else 'gemengd' end as steekproef,
    bool_and(d.steekproef in ('allen', 'aselect')) as random,
    bool_or(d.interviews) as interviews, bool_or(d.weighted) as weighted, min(d.kind) as kind,
    string_agg(distinct d.doelgroep, ' | ' order by d.doelgroep) as includes
from marts.deliveries d
join marts.area_tree t on t.release = d.release and t.leaf = d.area
where d.release = $release
group by all;

-- Grain: one row per instrument and question: what is the same in every codebook that has it.
create or replace temp table questions as
select
    instrument, question, any_value(item order by codebook) as item, any_value(statistic order by codebook) as statistic,
    bool_or(sensitive) as sensitive, bool_or(has_good_end) as has_good_end,
    any_value(low order by codebook) as low, any_value(high order by codebook) as high,
    any_value(base_rule order by codebook) as base_rule, any_value(codebook order by codebook) as codebook
from marts.items
where release = $release
group by all;
