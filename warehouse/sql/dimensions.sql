-- Grain: one row per instrument and question, with the answers in order and every codebook that has it.
with scales as (
    select codebook, item, string_agg(distinct_answer, ' | ' order by place) as scale
    from (
        select codebook, item, answer as distinct_answer, min(place) as place
        from marts.possible_answers where release = $release group by all
    )
    group by all
)
select
    i.instrument, i.question, min_by(i.item, i.codebook) as item, min_by(i.text, i.codebook) as text,
    min_by(i.theme, i.codebook) as theme, min_by(i.uitgangspunt, i.codebook) as uitgangspunt,
    min_by(i.uitgangspunt_status, i.codebook) as uitgangspunt_status, min_by(i.statistic, i.codebook) as statistic,
    bool_or(i.several) as several, min_by(s.scale, i.codebook) as scale,
    case when min_by(i.statistic, i.codebook) = 'mean' then coalesce(min_by(i.low, i.codebook), 0) end as low,
    case when min_by(i.statistic, i.codebook) = 'mean' then coalesce(min_by(i.high, i.codebook), 10) end as high,
    min_by(i.direction, i.codebook) as direction,
    min_by(i.base_rule, i.codebook) as base_rule, min(i.codebook) as codebook,
    string_agg(distinct i.codebook, ' | ' order by i.codebook) as codebooks, min(i.definition) as definition
from marts.items i left join scales s using (codebook, item)
where i.release = $release
group by all
order by all
