-- Grain: one row per area, instrument, meting and doelgroep.
select
    f.release, a.name as area_name, f.area, i.title as instrument_title, f.instrument, f.meting, f.doelgroep,
    f.invited, f.responded, f.responded_band, f.rate, f.steekproef, f.includes, f.status, f.n_gemeenten
from fact_response f
join dim_area a on a.area = f.area
join dim_instrument i on i.instrument = f.instrument
order by a.name, f.instrument, f.meting, f.doelgroep
