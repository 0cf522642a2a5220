-- Grain: one row per instrument, meting, doelgroep, question with positive answers, delivering area and answer.
-- Holds real counts: for advice only, never out. An answer carries its meaning, into which it merges.
select
    d.instrument, d.meting, d.counted_as as doelgroep, i.question, d.area,
    a.meaning || ': ' || a.answer as antwoord, sum(a.n)::bigint as n
from marts.answers a
join marts.deliveries d using (release, delivery_no)
join marts.items i on i.release = a.release and i.codebook = d.codebook and i.item = a.item
where
    a.release = $release and a.breakdown = 'TOTAAL' and i.statistic = 'share' and i.has_good_end
    and not i.sensitive and not i.several and d.counted_as <> 'professional'
group by all
order by all
