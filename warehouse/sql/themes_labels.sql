-- Grain: one row per delivering area, instrument, meting, doelgroep, kind, phase and theme; the whole journey also
-- for themes nobody named, so that 0, 1 and 2 people look the same.
-- Reads: standing (Arrow: protected number of people per line). Holds real counts.
with shares as (
    select d.instrument, d.meting, d.counted_as as doelgroep, d.area, t.kind, t.phase, t.theme, sum(t.n)::bigint as n
    from marts.themes t join marts.deliveries d using (release, delivery_no)
    where t.release = $release
    group by all
),

-- every kind and theme that could be named, from the codebook: a list of what was named would tell that somebody did
named as (
    select
        instrument, 'TOTAAL' as phase, code as theme,
        case what when 'knelpunten' then 'knelpunt' when 'positief' then 'gaat_goed' else 'idee' end as kind
    from marts.labels
    where release = $release and what in ('knelpunten', 'positief', 'ideeen')
    union
    select l.instrument, 'TOTAAL', l.code, coalesce(k.code, 'thema')
    from marts.labels l
    left join marts.labels k on k.release = l.release and k.instrument = l.instrument and k.what = 'soort'
    where l.release = $release and l.what = 'thema'
    union
    select distinct instrument, phase, theme, kind from shares
)

select
    p.instrument, p.meting, p.doelgroep, p.area, n.kind as kind, n.phase, n.theme,
    p.status, p.n as people, p.people as base, p.kind in ('journeys', 'stories') as may_pool, coalesce(s.n, 0) as n
from standing p
join named n using (instrument)
left join shares s on s.instrument = p.instrument and s.meting = p.meting and s.doelgroep = p.doelgroep
    and s.area = p.area and s.kind = n.kind and s.phase = n.phase and s.theme = n.theme
order by p.instrument, p.meting, p.doelgroep, n.kind, n.phase, n.theme, p.area
