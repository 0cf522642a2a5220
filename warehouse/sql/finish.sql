-- Grain: one row per delivery. Vertegenwoordigers below the minimum are counted with residents in every table.
update marts.deliveries as d
set counted_as = t.doelgroep
from (
    select v.release, v.area, v.instrument, v.meting, min_by(r.doelgroep, r.delivery_no) as doelgroep
    from marts.deliveries v
    join marts.deliveries r using (release, area, instrument, meting)
    where v.doelgroep = 'vertegenwoordiger' and v.n < v.min_group
        and r.doelgroep in ('client', 'inwoner', 'ouder', 'jongere')
    group by all
) as t
where d.release = $release and d.release = t.release and d.area = t.area and d.instrument = t.instrument
    and d.meting = t.meting and d.doelgroep = 'vertegenwoordiger';

-- Grain: one row per delivery and sensitive breakdown of which one group (or coarser group) holds nearly all whose group
-- is known, for some item: whoever took part is in it.
create or replace temp table nearly_all as
with recursive up as (
    select distinct breakdown, breakdown_value as code, breakdown_value as value
    from marts.bases where release = $release
    union
    select up.breakdown, up.code, v.parent
    from up join marts.breakdown_values v on v.release = $release and v.breakdown = up.breakdown and v.code = up.value
    where v.parent <> 'TOTAAL'
),
known as (
    select d.area, d.instrument, d.meting, d.counted_as, b.item, b.breakdown, b.breakdown_value as code, b.n
    from marts.bases b
    join marts.deliveries d using (release, delivery_no)
    join marts.sensitive_breakdowns s using (release, codebook, breakdown)
    where b.release = $release and b.breakdown_value <> 'onbekend'
),
in_group as (
    select area, instrument, meting, counted_as, item, breakdown, value, sum(n) as n
    from known join up using (breakdown, code)
    group by all
),
everybody as (
    select area, instrument, meting, counted_as, item, breakdown, sum(n) as n from known group by all
)
select distinct d.delivery_no, d.instrument, d.meting, d.counted_as, d.area, e.breakdown
from everybody e
join in_group g using (area, instrument, meting, counted_as, item, breakdown)
join marts.deliveries d using (area, instrument, meting, counted_as)
where d.release = $release and g.n >= $minimum and (10 * g.n > 9 * e.n or e.n - g.n < 2);

-- As above, where an earlier release counted the groups: they stay, or their numbers would contradict what was printed.
insert into marts.kept_groups
select distinct $release, a.instrument, a.meting, a.counted_as, a.area, a.breakdown
from nearly_all a
join counted_then t
    on t.grouped and t.instrument = a.instrument and t.meting = a.meting and t.doelgroep = a.counted_as
        and t.area = a.area and t.breakdown = a.breakdown;

-- Grain: one row per delivery and sensitive breakdown of which everybody is 'onbekend', like those of a delivery that does
-- not know the breakdown, so that no other line can tell it either: as above, and wherever it was so in earlier releases.
create or replace temp table telling as
select a.delivery_no, a.breakdown
from nearly_all a
anti join marts.kept_groups k
    on k.release = $release and k.instrument = a.instrument and k.meting = a.meting and k.doelgroep = a.counted_as
        and k.area = a.area and k.breakdown = a.breakdown
union
select d.delivery_no, t.breakdown
from marts.deliveries d
join marts.sensitive_breakdowns s using (release, codebook)
join counted_then t
    on not t.grouped and t.instrument = d.instrument and t.meting = d.meting and t.doelgroep = d.counted_as
        and t.area = d.area and t.breakdown = s.breakdown
where d.release = $release;

drop table nearly_all;

delete from marts.bases using telling t
where bases.release = $release and bases.delivery_no = t.delivery_no and bases.breakdown = t.breakdown;

delete from marts.answers using telling t
where answers.release = $release and answers.delivery_no = t.delivery_no and answers.breakdown = t.breakdown;

delete from marts.means using telling t
where means.release = $release and means.delivery_no = t.delivery_no and means.breakdown = t.breakdown;

delete from marts.weights using telling t
where weights.release = $release and weights.delivery_no = t.delivery_no and weights.breakdown = t.breakdown;

drop table telling;

-- Grain: one row per delivery, item and breakdown it does not know while others do: everybody is 'onbekend' there.
-- Without it the values of a breakdown would not add up to the total.
create or replace temp table lacking as
select a.delivery_no, b.breakdown
from marts.deliveries a
join (
    select distinct d.instrument, d.meting, d.counted_as, x.breakdown
    from marts.bases x join marts.deliveries d using (release, delivery_no)
    where x.release = $release and x.breakdown <> 'TOTAAL'
) b using (instrument, meting, counted_as)
where a.release = $release and not exists (
    from marts.bases x where x.release = $release and x.delivery_no = a.delivery_no and x.breakdown = b.breakdown
);

insert into marts.bases
select release, delivery_no, item, l.breakdown, 'onbekend', n, w
from marts.bases x join lacking l using (delivery_no)
where x.release = $release and x.breakdown = 'TOTAAL';

insert into marts.answers
select release, delivery_no, item, l.breakdown, 'onbekend', answer, meaning, n, w
from marts.answers x join lacking l using (delivery_no)
where x.release = $release and x.breakdown = 'TOTAAL';

insert into marts.means
select release, delivery_no, item, l.breakdown, 'onbekend', n, total, w, total_w
from marts.means x join lacking l using (delivery_no)
where x.release = $release and x.breakdown = 'TOTAAL';

insert into marts.weights
select release, delivery_no, item, l.breakdown, 'onbekend', weight, n
from marts.weights x join lacking l using (delivery_no)
where x.release = $release and x.breakdown = 'TOTAAL';

drop table lacking;
