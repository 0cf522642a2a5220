-- Grain: one row per area, instrument, meting, doelgroep and uitgangspunt: who wishes improvement there most.
select
    i.release, a.name as area_name, i.area, i.instrument, i.meting, i.doelgroep, i.uitgangspunt,
    coalesce(u.label, i.uitgangspunt) as uitgangspunt_label, i.value, i.label, i.step, i.base, i.status, i.n_gemeenten
from fact_improvement i
join dim_area a on a.area = i.area
left join dim_uitgangspunt u on u.uitgangspunt = i.uitgangspunt
order by a.name, i.instrument, i.meting, i.doelgroep, i.uitgangspunt
