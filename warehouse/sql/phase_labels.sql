-- Grain: one row per delivering area, instrument, meting, doelgroep, phase and aspect ('' is the curve).
-- Reads: standing (Arrow: protected number of people per line). Holds real counts.
select
    p.instrument, p.meting, p.doelgroep, p.area, f.phase, f.aspect, p.status, p.n as people,
    sum(f.pos)::bigint as pos, sum(f.neu)::bigint as neu, sum(f.neg)::bigint as neg
from marts.phases f
join marts.deliveries d using (release, delivery_no)
join standing p on p.instrument = d.instrument and p.meting = d.meting and p.doelgroep = d.counted_as
    and p.area = d.area
where f.release = $release
group by all
order by p.instrument, p.meting, p.doelgroep, f.phase, f.aspect, p.area
