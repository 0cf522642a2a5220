-- Grain: one row: which kinds of counts a release holds at all; the questions about the others need not be asked.
select
    exists (from marts.phases where release = $release) as phases,
    exists (from marts.known where release = $release) as known,
    exists (from marts.items where release = $release and not is_reference) as differing,
    exists (from marts.themes where release = $release)
    or exists (
        from marts.labels where release = $release and what in ('knelpunten', 'positief', 'ideeen', 'thema')
    ) as themes
