-- Grain: one row per instrument, meting, doelgroep, question, delivering area and value of one breakdown.
-- Holds real counts: goes to protect, never out.
select instrument, meting, doelgroep, question, area, breakdown_value, n
from marts.base_cells
where release = $release and breakdown = $breakdown
order by all
