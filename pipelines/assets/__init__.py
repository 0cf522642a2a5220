"""Dagster assets: each opens things, calls one plain function, reports counts."""
