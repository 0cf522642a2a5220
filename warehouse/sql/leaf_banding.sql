-- Grain: as leaf_totals, with the areas of a verband or benchmark added up; other areas stand for themselves.
-- top_share and n_contributors only where several areas were added up.
-- Holds real counts: goes to protect, never out.
with members as (
    select leaf, area from marts.area_tree where release = $release and list_contains($groups, area)
),

leaf as (
    select b.* replace (coalesce(m.area, b.area) as area), m.area is not null as is_group
    from leaf_totals b left join members m on m.leaf = b.area
)

select
    instrument, meting, doelgroep, question, area, sum(n)::bigint as n,
    max(n) filter (is_group) / sum(n) as top_share,
    nullif(count(*) filter (is_group and n > 0), 0) as n_contributors
from leaf
group by instrument, meting, doelgroep, question, area
order by instrument, meting, doelgroep, question, area
