-- Grain: one row per delivery, phase and aspect; a journey with several steps in a phase counts once, by the balance.
-- Reads: steps (Arrow): delivery_no, person, phase, aspect, mood (-1, 0, 1).
insert into marts.phases

with journeys as (
    select delivery_no, person, phase, aspect, sign(sum(mood)) as mood
    from steps
    where mood is not null and phase is not null
    group by all
)

select
    $release, delivery_no, phase, aspect,
    count(*) filter (mood > 0) as pos, count(*) filter (mood = 0) as neu, count(*) filter (mood < 0) as neg
from journeys
group by all;
