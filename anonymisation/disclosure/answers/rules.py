"""How answers are printed: the rules that the warehouse gets as one object (`domain.protocols.AnswerRules`).

Counts of answers never leave: shares and means in steps, intervals, labels; and what several lines tell together.
"""

from anonymisation.disclosure.answers.areas import finest_mean_steps, finest_steps
from anonymisation.disclosure.answers.beside import many_swapped, tells_apart
from anonymisation.disclosure.answers.between import tells_together
from anonymisation.disclosure.answers.confidence import interval
from anonymisation.disclosure.answers.means import publish_mean
from anonymisation.disclosure.answers.parts import told_by_parts
from anonymisation.disclosure.answers.pooled import pool_curve, pool_share
from anonymisation.disclosure.answers.shares import band_floor, base_band, publish_distribution, publish_share
from anonymisation.disclosure.answers.talks import (
    curve_label,
    gemeenten_met,
    journeys_band,
    panel_label,
    theme_label,
)
from anonymisation.disclosure.answers.took_part import beside_who_took_part
from anonymisation.disclosure.answers.weighted import judged_with, publish_weighted_mean, publish_weighted_share

__all__ = [
    "band_floor",
    "base_band",
    "beside_who_took_part",
    "curve_label",
    "finest_mean_steps",
    "finest_steps",
    "gemeenten_met",
    "interval",
    "journeys_band",
    "judged_with",
    "many_swapped",
    "panel_label",
    "pool_curve",
    "pool_share",
    "publish_distribution",
    "publish_mean",
    "publish_share",
    "publish_weighted_mean",
    "publish_weighted_share",
    "tells_apart",
    "tells_together",
    "theme_label",
    "told_by_parts",
]
