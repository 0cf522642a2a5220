-- Grain: one row per instrument, meting, doelgroep, question, statistic and group, for the country.
select
    r.release, r.instrument, r.meting, r.doelgroep, r.question, q.text as question_text, q.theme, q.uitgangspunt,
    r.statistic, r.breakdown, r.breakdown_value, b.label as breakdown_label,
    r.value, r.label, r.step, r.base, r.base_band, r.ci_low, r.ci_high, r.n_gemeenten, r.status
from fact_result r
left join dim_question q on q.instrument = r.instrument and q.question = r.question
left join dim_breakdown b on b.breakdown = r.breakdown and b.breakdown_value = r.breakdown_value
where r.area = 'NL'
order by r.instrument, r.meting, r.doelgroep, r.question, r.statistic, r.breakdown, b.place, r.breakdown_value
