-- Grain: one row per area whose question differs from the reference question of the same item.
select distinct
    d.instrument, d.meting, d.counted_as as doelgroep, r.question, d.area, i.statistic, i.has_good_end
from marts.deliveries d
join marts.items i on i.release = d.release and i.codebook = d.codebook and not i.is_reference
join marts.items r on r.release = i.release and r.instrument = i.instrument and r.item = i.item and r.is_reference
join marts.bases b on b.release = d.release and b.delivery_no = d.delivery_no and b.item = i.item
where d.release = $release and i.statistic in ('share', 'mean') and (i.statistic <> 'share' or r.has_good_end)
order by all
