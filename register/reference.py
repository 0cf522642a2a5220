"""Pages of `docs/reference/` that are made from the tables in code: `python -m register.reference docs/reference`."""

import sys
from pathlib import Path

from register.consent_texts import TEXT_MOVES
from register.findings import FINDING_MOVES
from register.microdata import MICRODATA_MOVES
from register.moves import Moves
from register.permissions import PERMISSIONS, ROLE_WORDS, Act, Reach
from register.policies import POLICY_MOVES
from register.releases import RELEASE_MOVES
from register.review import RULE_MOVES

STATE_WORDS = {
    "draft": "concept", "submitted": "ingediend", "approved": "goedgekeurd", "returned": "teruggestuurd",
    "replaced": "vervangen", "lapsed": "verlopen", "published": "gepubliceerd", "withdrawn": "ingetrokken",
    "rejected": "afgewezen", "proposed": "voorgesteld", "ended": "beëindigd",
    "requested": "aangevraagd", "made": "gemaakt",
}  # fmt: skip
_REACH = {
    Reach.AREA: "in het eigen gebied; wie de rol landelijk heeft, overal",
    Reach.OWN: "alleen met een rol voor precies deze gemeente",
    Reach.ANY: "overal, binnen de doelgroep van de uitgave",
}
_DIAGRAMS: dict[str, Moves] = {
    "Regels": POLICY_MOVES, "Uitgaven": RELEASE_MOVES, "Bevindingen, citaten en persona's": FINDING_MOVES,
    "Toestemmingsteksten": TEXT_MOVES, "Herkenningsregels": RULE_MOVES,
    "Rijen voor onderzoek": MICRODATA_MOVES,
}  # fmt: skip
_MADE = "<!-- Gemaakt uit de code met: python -m register.reference docs/reference. Niet met de hand veranderen. -->"


def roles_page() -> str:
    """Who may do what, as a Dutch Markdown page."""
    head = ["handeling", *ROLE_WORDS.values(), "programma", "waar"]
    lines = [
        "# Rollen en rechten", "", _MADE, "",
        "Wie mag wat. Een rol geldt voor één gemeente of verband, of landelijk. Wat hier niet staat, mag niemand.",
        "Wie iets opstelt, keurt het nooit zelf goed. Een bijdrage vraagt twee verschillende mensen.", "",
        _row(head), _row(["---"] * len(head)),
    ]  # fmt: skip
    lines += [_row([_permission_row(act), *_cells(act), _REACH[PERMISSIONS[act].reach]]) for act in Act]
    return "\n".join(lines) + "\n"


def states_page() -> str:
    """States and moves as Mermaid diagrams, one per kind of thing."""
    lines = [
        "# Toestanden",
        "",
        _MADE,
        "",
        "Wie iets van de ene naar de andere toestand brengt, en wat daarvoor nodig is.",
    ]
    for title, moves in _DIAGRAMS.items():
        lines += ["", f"## {title}", "", "```mermaid", "stateDiagram-v2", *_diagram(moves), "```"]
    return "\n".join(lines) + "\n"


def write_pages(folder: Path) -> None:
    """Write both pages."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rollen.md").write_text(roles_page(), encoding="utf-8")
    (folder / "toestanden.md").write_text(states_page(), encoding="utf-8")


def _permission_row(act: Act) -> str:
    return f"{PERMISSIONS[act].what} (`{act.value}`)"


def _cells(act: Act) -> list[str]:
    permission = PERMISSIONS[act]
    return [*("ja" if role in permission.roles else "" for role in ROLE_WORDS), "ja" if permission.system else ""]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _diagram(moves: Moves) -> list[str]:
    targets = {to for found in moves.values() for to in found}
    start = [state for state in moves if state not in targets or state == "draft"][:1] or [next(iter(moves))]
    lines = [f"    [*] --> {_state(state)}" for state in start]
    for now, found in moves.items():
        for to, move in found.items():
            roles = sorted(ROLE_WORDS[role] for role in PERMISSIONS[move.act].roles)
            needs = [" / ".join(roles)]
            needs += ["niet de opsteller"] if move.not_author else []
            needs += ["met toelichting"] if move.comment else []
            lines.append(f"    {_state(now)} --> {_state(to)} : {', '.join(needs)}")
    return lines


def _state(state: str) -> str:
    return STATE_WORDS[str(state)]


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
