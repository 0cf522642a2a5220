-- Grain: one row per delivery, kind, phase (and TOTAAL) and theme; people behind it, never steps or cards.
-- Reads: people, tags_wide (Arrow). A contribution of a meeting counts the people who support it (unknown: one).
insert into marts.themes

with long as (
    unpivot tags_wide on columns(* exclude (row_no)) into name item value cell
),

tags as (
    select row_no, item, trim(unnest(string_split_regex(cell, '[;|]'))) as theme from long
),

placed as (
    select
        p.delivery_no, p.person, p.support,
        coalesce(p.kind, case t.item
            when 'knelpunten' then 'knelpunt' when 'positief' then 'gaat_goed' when 'ideeen' then 'idee' else 'thema'
        end) as kind,
        t.theme, unnest(list_distinct([coalesce(p.phase, 'TOTAAL'), 'TOTAAL'])) as phase
    from tags t join people p using (row_no)
    where t.theme <> ''
)

select
    $release, delivery_no, kind, phase, theme,
    case when $by_support then max(coalesce(support, 1)) else count(distinct person) end as n
from placed
group by all;
