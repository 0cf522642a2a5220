-- Grain: one row per area, meting, uitgangspunt and question of the Toegangsscan; residents beside professionals.
select
    r.release, a.name as area_name, r.area, r.instrument, r.meting, q.uitgangspunt,
    coalesce(u.label, q.uitgangspunt) as uitgangspunt_label, r.question,
    max(r.value) filter (r.doelgroep = 'inwoner') as inwoner_value,
    max(r.label) filter (r.doelgroep = 'inwoner') as inwoner_label,
    max(r.step) filter (r.doelgroep = 'inwoner') as inwoner_step,
    max(r.status) filter (r.doelgroep = 'inwoner') as inwoner_status,
    max(r.value) filter (r.doelgroep = 'client') as client_value,
    max(r.label) filter (r.doelgroep = 'client') as client_label,
    max(r.step) filter (r.doelgroep = 'client') as client_step,
    max(r.status) filter (r.doelgroep = 'client') as client_status,
    max(r.value) filter (r.doelgroep = 'vertegenwoordiger') as vertegenwoordiger_value,
    max(r.label) filter (r.doelgroep = 'vertegenwoordiger') as vertegenwoordiger_label,
    max(r.step) filter (r.doelgroep = 'vertegenwoordiger') as vertegenwoordiger_step,
    max(r.status) filter (r.doelgroep = 'vertegenwoordiger') as vertegenwoordiger_status,
    max(r.value) filter (r.doelgroep = 'professional') as professional_value,
    max(r.label) filter (r.doelgroep = 'professional') as professional_label,
    max(r.step) filter (r.doelgroep = 'professional') as professional_step,
    max(r.status) filter (r.doelgroep = 'professional') as professional_status
from fact_result r
join dim_area a on a.area = r.area
join dim_question q on q.instrument = r.instrument and q.question = r.question
left join dim_uitgangspunt u on u.uitgangspunt = q.uitgangspunt
where r.breakdown = 'TOTAAL' and r.statistic = 'share_positive' and q.uitgangspunt is not null
    and r.instrument = 'toegangsscan'
group by all
order by a.name, r.meting, q.uitgangspunt, r.question
