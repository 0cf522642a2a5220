-- Grain: none. Removes everything of one release from the marts; deliveries last: while they stand, there is more.
delete from marts.items where release = $release;
delete from marts.possible_answers where release = $release;
delete from marts.labels where release = $release;
delete from marts.breakdown_values where release = $release;
delete from marts.sensitive_breakdowns where release = $release;
delete from marts.areas where release = $release;
delete from marts.area_tree where release = $release;
delete from marts.bases where release = $release;
delete from marts.answers where release = $release;
delete from marts.means where release = $release;
delete from marts.weights where release = $release;
delete from marts.kept_groups where release = $release;
delete from marts.themes where release = $release;
delete from marts.phases where release = $release;
delete from marts.known where release = $release;
delete from marts.deliveries where release = $release;
