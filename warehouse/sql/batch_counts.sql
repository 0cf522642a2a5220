-- Grain: one row per delivery, item, code, breakdown and value of one batch; in memory only, gone with the batch.
-- Reads: people, answers_wide, groups_wide (Arrow; one row per person). Counts first, and gives codes a meaning after.
create or replace temp table batch_people as
with weights as (
    -- weights are brought to a mean of 1 per delivery, so that deliveries with and without can be added up
    select
        row_no, delivery_no, person, three_classes,
        (weight * count(*) over each / sum(weight) over each)::decimal(18, 6) as weight
    from people
    window each as (partition by delivery_no)
),
groups as (
    unpivot groups_wide on columns(* exclude (row_no)) into name breakdown value breakdown_value
)
select weights.*, breakdown, breakdown_value from weights join groups using (row_no);

create or replace temp table batch_codes as
with long as (
    unpivot answers_wide on columns(* exclude (row_no)) into name item value code
)
select
    p.delivery_no, l.item, l.code, p.breakdown, p.breakdown_value, any_value(p.three_classes) as three_classes,
    p.weight, count(*) as n, sum(p.weight)::decimal(18, 6) as w
from long l join batch_people p using (row_no)
group by all;

create or replace temp table batch_meant as
with meant as (
    select
        c.* exclude (code), i.statistic, i.base_rule, i.has_good_end, coalesce(a.answer, c.code) as answer,
        coalesce(a.meaning, 'other') as meaning,
        case when i.statistic = 'mean' then try_cast(c.code as decimal(18, 6)) end as number
    from batch_codes c
    join marts.items i on i.release = $release and i.codebook = $codebook and i.item = c.item
    left join marts.possible_answers a
        on a.release = $release and a.codebook = $codebook and a.item = c.item and a.code = c.code
)
select *
from meant
where (meaning <> 'no_answer' or base_rule = 'all_valid') and (statistic <> 'mean' or number is not null);

create or replace temp table batch_cells as
select
    delivery_no, item, statistic, breakdown, breakdown_value, meaning,
    case
        when statistic = 'mean' then ''
        when not (three_classes and has_good_end) then answer
        when meaning = 'positive' then 'positief'
        when meaning = 'negative' then 'negatief'
        else 'neutraal'
    end as answer,
    sum(n)::bigint as n, sum(w)::decimal(18, 6) as w,
    sum((number * n)::decimal(28, 6))::decimal(18, 6) as total,
    sum((number * w)::decimal(28, 6))::decimal(28, 6) as total_w
from batch_meant
group by all;

-- how many people have which weight, after rare weights were rounded (policy)
insert into marts.weights
select $release, delivery_no, item, breakdown, breakdown_value, weight, sum(n)::bigint
from batch_meant
where weight <> 1
group by all;

insert into marts.bases
select $release, delivery_no, item, breakdown, breakdown_value, sum(n)::bigint, sum(w)::decimal(18, 6)
from batch_cells
group by all;

insert into marts.answers
select $release, delivery_no, item, breakdown, breakdown_value, answer, meaning, n, w
from batch_cells
where statistic <> 'mean';

insert into marts.means
select
    $release, delivery_no, item, breakdown, breakdown_value,
    sum(n)::bigint, sum(total)::decimal(18, 6), sum(w)::decimal(18, 6), sum(total_w)::decimal(28, 6)
from batch_cells
where statistic = 'mean'
group by all;
