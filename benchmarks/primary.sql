-- Grain: one row per cell of a block, with the first reason for which it may not be shown.
-- Reads: cells (Arrow). What anonymisation/disclosure/primary.py does in numpy on the road; kept equal by benchmarks/primary.py.
select
    case
        when n > 0 and n < $minimum then 'T1'
        when $sensitive and n_asked > n and n_asked - n < $minimum then 'T16'
        when $sensitive and n > 0 and (n_max_answer > $unanimous * n or n - n_max_answer < 2) then 'T5'
        when n > 0 and n_contributors < $contributors then 'T8'
        when n > 0 and top_share > $dominance * n then 'T7'
        when n > 0 and n_contributors >= 1 and n - top_share < $minimum then 'T8'
    end as reason
from cells
order by place
