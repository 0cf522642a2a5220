-- Grain: as leaf_totals, with the areas of a verband, provincie or benchmark added up where the line is broad enough
-- to be printed at all (3 contributors, none above half, large enough without any one); others stand for themselves.
-- Holds real counts: goes to protect, never out.
with members as (
    select leaf, area from marts.area_tree where release = $release and list_contains($groups, area)
),

leaf as (
    select b.*, m.area as up from leaf_totals b left join members m on m.leaf = b.area where b.n > 0
),

broad as (
    select instrument, meting, doelgroep, question, up
    from leaf
    where up is not null
    group by all
    having count(*) >= $contributors and 2 * max(n) <= sum(n) and sum(n) - max(n) >= $minimum
)

select
    l.instrument, l.meting, l.doelgroep, l.question, coalesce(b.up, l.area) as area, sum(l.n)::bigint as n,
    max(l.n) filter (b.up is not null) / sum(l.n) as top_share,
    nullif(count(*) filter (b.up is not null), 0) as n_contributors
from leaf l left join broad b using (instrument, meting, doelgroep, question, up)
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5
