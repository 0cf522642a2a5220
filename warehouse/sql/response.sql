-- Grain: one row per protected number of people of an area, instrument, meting and doelgroep.
-- Reads: protected (Arrow), temp tables of rollup.sql. Holds real counts.
select
    p.instrument, p.meting, p.doelgroep, p.question, p.area, p.breakdown, p.breakdown_value, p.status, p.n,
    b.n as people, b.leaves, b.largest, b.pooled,
    a.invited, a.steekproef, a.random, a.interviews, a.kind, a.includes
from protected p
join cell_bases b using (instrument, meting, doelgroep, question, area, breakdown, breakdown_value)
join cell_asked a using (instrument, meting, doelgroep, area)
where p.question = 'respons' and p.breakdown = 'TOTAAL'
order by all
