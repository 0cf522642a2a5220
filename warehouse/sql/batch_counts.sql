-- Grain: one row per person, item and answer of one batch of deliveries; in memory only, gone with the batch.
-- Reads: people, answers_wide, groups_wide (Arrow), marts.items, marts.possible_answers.
create or replace temp table batch_answers as

with weights as (
    -- weights are brought to a mean of 1 per delivery, so that deliveries with and without can be added up
    select
        row_no, delivery_no, person, three_classes,
        (weight * count(*) over each / sum(weight) over each)::decimal(18, 6) as weight
    from people
    window each as (partition by delivery_no)
),

long as (
    unpivot answers_wide on columns(* exclude (row_no)) into name item value cell
),

coded as (
    select long.row_no, i.item, i.base_rule, i.statistic, i.has_good_end, cell as code
    from long join marts.items i on i.release = $release and i.codebook = $codebook and i.item = long.item
    where not i.several
    union all
    select long.row_no, i.item, i.base_rule, i.statistic, i.has_good_end,
        trim(unnest(string_split_regex(cell, '[;|]'))) as code
    from long join marts.items i on i.release = $release and i.codebook = $codebook and i.item = long.item
    where i.several
),

meant as (
    select coded.*, coalesce(a.answer, coded.code) as answer, coalesce(a.meaning, 'other') as meaning
    from coded left join marts.possible_answers a
        on a.release = $release and a.codebook = $codebook and a.item = coded.item and a.code = coded.code
    where coded.code <> ''
)

select
    w.delivery_no, w.row_no, w.person, w.weight, m.item, m.statistic, m.meaning,
    case
        when m.statistic = 'improvement' then m.code
        when not (w.three_classes and m.has_good_end) then m.answer
        when m.meaning = 'positive' then 'positief'
        when m.meaning = 'negative' then 'negatief'
        else 'neutraal'
    end as answer,
    case when m.statistic = 'mean' then try_cast(m.code as decimal(18, 6)) end as number
from meant m join weights w using (row_no)
where (m.meaning <> 'no_answer' or m.base_rule = 'all_valid')
    and (m.statistic <> 'mean' or try_cast(m.code as decimal(18, 6)) is not null);

create or replace temp table batch_groups as
unpivot groups_wide on columns(* exclude (row_no)) into name breakdown value breakdown_value;
