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

drop table lacking;
