-- Grain: one row per protected cell of a question, with what its statistics are computed from.
-- Reads: protected (Arrow: only cells that protect gave back), temp tables of rollup.sql. Holds real counts.
select
    p.instrument, p.meting, p.doelgroep, p.question, p.area, p.breakdown, p.breakdown_value, p.status, p.n,
    q.statistic, q.sensitive, q.has_good_end, q.low, q.high,
    b.n as people, b.leaves, b.largest, b.pooled,
    a.random, a.steekproef, a.interviews, a.weighted, a.kind,
    s.positive, s.negative, s.positive_w, s.total_w as share_w,
    m.total, m.w as mean_w, m.total_w as mean_total_w, w.weights
from protected p
join questions q using (instrument, question)
join cell_bases b using (instrument, meting, doelgroep, question, area, breakdown, breakdown_value)
join cell_asked a using (instrument, meting, doelgroep, area)
left join cell_shares s using (instrument, meting, doelgroep, question, area, breakdown, breakdown_value)
left join cell_means m using (instrument, meting, doelgroep, question, area, breakdown, breakdown_value)
left join cell_weights w using (instrument, meting, doelgroep, question, area, breakdown, breakdown_value)
where q.statistic in ('share', 'mean', 'majority') and (q.statistic <> 'share' or q.has_good_end)
order by all
