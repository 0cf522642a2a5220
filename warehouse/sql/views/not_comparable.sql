-- Grain: one row per area, meting, doelgroep and item that was asked in another way than the reference question.
select
    r.release, a.name as area_name, r.area, r.instrument, r.meting, r.doelgroep, r.question,
    q.text as reference_text, q.scale as reference_scale, q.base_rule as reference_base_rule,
    o.question as own_question, o.text as own_text, o.scale as own_scale, o.base_rule as own_base_rule
from fact_result r
join dim_area a on a.area = r.area
join dim_question q on q.instrument = r.instrument and q.question = r.question
left join (
    select distinct f.area, f.instrument, f.meting, f.doelgroep, f.question, d.item, d.text, d.scale, d.base_rule
    from fact_result f join dim_question d on d.instrument = f.instrument and d.question = f.question
    where f.status <> 'not_comparable'
) o on o.area = r.area and o.instrument = r.instrument and o.meting = r.meting and o.doelgroep = r.doelgroep
    and o.item = q.item
where r.status = 'not_comparable'
order by a.name, r.instrument, r.meting, r.doelgroep, r.question
