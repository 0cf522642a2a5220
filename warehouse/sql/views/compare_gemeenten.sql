-- Grain: one row per area, instrument, meting, doelgroep, question and statistic; totals, beside the national line.
select
    r.release, a.name as area_name, r.area, a.kind, r.instrument, r.meting, r.doelgroep, r.question,
    q.text as question_text, r.statistic, r.value, r.label, r.step, r.base, r.base_band, r.ci_low, r.ci_high, r.status,
    n.value as nl_value, n.label as nl_label, n.n_gemeenten as nl_gemeenten, n.status as nl_status
from fact_result r
join dim_area a on a.area = r.area
left join dim_question q on q.instrument = r.instrument and q.question = r.question
left join fact_result n
    on n.release = r.release and n.area = 'NL' and n.instrument = r.instrument and n.meting = r.meting
    and n.doelgroep = r.doelgroep and n.question = r.question and n.statistic = r.statistic
    and n.breakdown = 'TOTAAL'
where r.breakdown = 'TOTAAL' and r.area <> 'NL'
order by a.name, r.instrument, r.meting, r.doelgroep, r.question, r.statistic
