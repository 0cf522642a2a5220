-- Grain: one row per delivering area, instrument, meting, doelgroep, kind, phase and theme; the whole journey also
-- for themes nobody named, so that 0, 1 and 2 people look the same.
-- Reads: standing (Arrow: protected number of people per line). Holds real counts.
with shares as (
    select d.instrument, d.meting, d.counted_as as doelgroep, d.area, t.kind, t.phase, t.theme, sum(t.n)::bigint as n
    from marts.themes t join marts.deliveries d using (release, delivery_no)
    where t.release = $release
    group by all
),

named as (
    select distinct s.instrument, s.kind, 'TOTAAL' as phase, l.code as theme
    from (select distinct instrument, kind from shares) s
    join marts.labels l on l.release = $release and l.instrument = s.instrument
        and l.what in ('knelpunten', 'positief', 'ideeen', 'thema')
    union
    select distinct instrument, kind, phase, theme from shares
)

select
    p.instrument, p.meting, p.doelgroep, p.area, n.kind as kind, n.phase, n.theme,
    p.status, p.n as people, p.people as base, p.kind in ('journeys', 'stories') as may_pool, coalesce(s.n, 0) as n
from standing p
join named n using (instrument)
left join shares s on s.instrument = p.instrument and s.meting = p.meting and s.doelgroep = p.doelgroep
    and s.area = p.area and s.kind = n.kind and s.phase = n.phase and s.theme = n.theme
order by p.instrument, p.meting, p.doelgroep, n.kind, n.phase, n.theme, p.area
