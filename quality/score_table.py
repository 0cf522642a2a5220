"""The table of an evaluation for people: recall per label with its 95 % interval, leaks, precision, false alarms."""

from quality.evaluation import Evaluation, LabelScore, Outcome, share
from quality.wilson import wilson


def render(evaluation: Evaluation) -> str:
    """The whole table, one line a label and one a kind of text; shares in percent."""
    total, clean = evaluation.total, evaluation.kinds["clean"]
    rows = [*evaluation.labels.items(), ("DIRECT", evaluation.direct), ("ALL", evaluation.every_label)]
    return "\n".join(
        [
            f"{'label':14} {'spans':>6} {'masked %':>9} {'95 % interval':>15} {'core %':>7} {'label %':>8}",
            *(_label_line(name, row) for name, row in rows if row.spans),
            "",
            f"leaked texts   {total.leaked} of {total.with_direct} with a direct identifier: "
            f"{percent(total.leak_share)} % {_interval(total.leaked, total.with_direct)}; strict {total.leaked_strict}",
            f"precision      {percent(total.precision)} % of covered characters, "
            f"{percent(total.span_precision)} % of covered stretches; {percent(total.overmasked)} % of the rest",
            f"clean texts    {clean.alarms} of {clean.texts} with a false alarm {_interval(clean.alarms, clean.texts)}",
            *([f"not predicted  {evaluation.without_prediction} texts"] if evaluation.without_prediction else []),
            "",
            f"{'kind':14} {'texts':>6} {'direct':>7} {'leaked':>7} {'precision %':>12}",
            *(_kind_line(name, row) for name, row in evaluation.kinds.items() if row.texts),
        ]
    )


def _label_line(name: str, row: LabelScore) -> str:
    return (
        f"{name:14} {row.spans:6d} {percent(row.recall):>9} {_interval(row.masked, row.spans):>15} "
        f"{percent(share(row.core, row.spans)):>7} {percent(share(row.label_ok, row.masked)):>8}"
    )


def _kind_line(name: str, row: Outcome) -> str:
    return f"{name:14} {row.texts:6d} {row.with_direct:7d} {row.leaked:7d} {percent(row.precision):>12}"


def percent(value: float | None) -> str:
    """A share with one decimal, without the sign; '-' where there is none."""
    return "-" if value is None else f"{100 * value:.1f}"


def _interval(hits: int, trials: int) -> str:
    bounds = wilson(hits, trials)
    return "" if bounds is None else f"[{percent(bounds[0])}-{percent(bounds[1])}]"
