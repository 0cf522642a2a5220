-- Grain: one row per protected total of a question and possible answer, unchosen answers included.
-- Reads: protected (Arrow), temp tables of rollup.sql. Holds real counts.
with chosen as (
    select p.*, q.statistic, q.sensitive, q.base_rule, q.codebook, q.item, q.has_good_end
    from protected p join questions q using (instrument, question)
    where p.breakdown = 'TOTAAL' and q.statistic in ('share', 'improvement')
),

possible as (
    select c.*, a.answer, a.place, c.has_good_end and a.positive as positive
    from chosen c
    join (
        select
            codebook, item, meaning,
            case when i.statistic = 'improvement' then a.code else a.answer end as answer, min(place) as place,
            bool_or(meaning = 'positive') as positive
        from marts.possible_answers a join marts.items i using (release, codebook, item)
        where release = $release
        group by all
    ) a using (codebook, item)
    where (a.meaning <> 'no_answer' or c.base_rule = 'all_valid')
        and not (c.doelgroep = 'professional' and c.has_good_end)
    union all
    select c.*, unnest(['positief', 'neutraal', 'negatief']), unnest([0, 1, 2]), unnest([true, false, false])
    from chosen c
    where c.doelgroep = 'professional' and c.has_good_end
)

select
    p.instrument, p.meting, p.doelgroep, p.question, p.area, p.breakdown, p.breakdown_value, p.status, p.n,
    p.statistic, p.sensitive, p.answer, p.place, p.positive, coalesce(k.n, 0) as chosen,
    b.n as people, b.leaves, b.largest, b.pooled, a.interviews, a.kind
from possible p
join cell_bases b using (instrument, meting, doelgroep, question, area, breakdown, breakdown_value)
join cell_asked a using (instrument, meting, doelgroep, area)
left join cell_answers k using (instrument, meting, doelgroep, question, area, answer)
order by p.instrument, p.meting, p.doelgroep, p.question, p.area, p.place, p.answer
