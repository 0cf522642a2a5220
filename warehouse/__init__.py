"""From signed deliveries to a published release. What others call:

marts.build_marts(connection, release, sources, areas) -> int          real counts, restricted
marts.wipe_marts(path, [release])                                      after publication
statistics.to_protect(connection, release) -> ToProtect                .tables .spec .rules, for protect
statistics.published_tables(connection, asked, protected, answers, areas, *, findings, quotes) -> tables
published.write_release(tables, meta, out_dir) -> ReleaseFiles         DuckDB, CSV, Parquet, datapackage, XLSX
published.withdraw_release(out_dir, release, *, on) -> names           ends availability
reports.write_reports(tables, meta, folder) -> paths                   HTML, one file each
"""
