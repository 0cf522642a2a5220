-- Grain: one row per delivery, item, breakdown and value (bases, means), and per answer (answers).
-- Reads: batch_answers, batch_groups. Counts people, never rows.
insert into marts.bases
select
    $release, a.delivery_no, a.item, g.breakdown, g.breakdown_value,
    count(distinct a.person) as n, sum(a.weight)::decimal(18, 6) as w
from batch_answers a join batch_groups g using (row_no)
group by all;

insert into marts.answers
select
    $release, a.delivery_no, a.item, g.breakdown, g.breakdown_value, a.answer, a.meaning,
    count(distinct a.person) as n, sum(a.weight)::decimal(18, 6) as w
from batch_answers a join batch_groups g using (row_no)
where a.statistic <> 'mean'
group by all;

insert into marts.means
select
    $release, a.delivery_no, a.item, g.breakdown, g.breakdown_value,
    count(distinct a.person) as n, sum(a.number)::decimal(18, 6) as total,
    sum(a.weight)::decimal(18, 6) as w, sum((a.number * a.weight)::decimal(28, 6))::decimal(28, 6) as total_w
from batch_answers a join batch_groups g using (row_no)
where a.statistic = 'mean'
group by all;

drop table batch_answers;
drop table batch_groups;
