-- Grain: one row per area, meting, doelgroep and phase, in the order of the journey.
select
    p.release, a.name as area_name, p.area, p.instrument, p.meting, p.doelgroep, p.place, p.phase, p.phase_label,
    p.label, p.share_positive, p.share_neutral, p.share_negative, p.step, p.base_band, p.n_gemeenten, p.status
from fact_klantreis_phase p
join dim_area a on a.area = p.area
order by a.name, p.instrument, p.meting, p.doelgroep, p.place, p.phase
