-- Grain: one row per instrument, meting, doelgroep, question and delivering area (respons: everybody who took part).
-- Holds real counts: goes to protect, never out.
select instrument, meting, doelgroep, question, area, n
from marts.base_cells
where release = $release and breakdown = 'TOTAAL'
union all
select instrument, meting, counted_as as doelgroep, 'respons' as question, area, sum(n)::bigint as n
from marts.deliveries
where release = $release and n > 0
group by all
order by all
