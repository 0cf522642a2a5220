-- Grain: one row per person: the last answer to each item (cards and stories hold several rows of one person).
-- Reads: people, answers_wide (Arrow).
select max(a.row_no) as row_no, arg_max(columns(a.* exclude (row_no)), a.row_no)
from answers_wide a join people p using (row_no)
group by p.delivery_no, p.person
order by 1
