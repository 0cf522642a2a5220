-- Grain: as batch_answers, but one answer per person and item: the last one (cards and stories hold several).
delete from batch_answers
where (delivery_no, person, item, row_no) not in (
    select (delivery_no, person, item, max(row_no)) from batch_answers group by delivery_no, person, item
);
