-- Grain: one row per area, instrument, doelgroep, question, statistic and meting, with the meting before it.
select
    r.release, a.name as area_name, r.area, r.instrument, r.doelgroep, r.question, q.text as question_text,
    r.statistic, r.meting, m.start, r.value, r.label, r.step, r.base, r.ci_low, r.ci_high, r.status,
    lag(r.meting) over line as previous_meting,
    lag(r.value) over line as previous_value,
    lag(r.label) over line as previous_label,
    lag(r.step) over line as previous_step,
    lag(r.ci_low) over line as previous_ci_low,
    lag(r.ci_high) over line as previous_ci_high,
    lag(r.status) over line as previous_status
from fact_result r
join dim_area a on a.area = r.area
left join dim_question q on q.instrument = r.instrument and q.question = r.question
join dim_meting m on m.instrument = r.instrument and m.meting = r.meting
where r.breakdown = 'TOTAAL' and r.statistic not in ('majority', 'known')
window line as (
    partition by r.release, r.area, r.instrument, r.doelgroep, r.question, r.statistic order by m.start, r.meting
)
order by a.name, r.instrument, r.doelgroep, r.question, r.statistic, m.start
