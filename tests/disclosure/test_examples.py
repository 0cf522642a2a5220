"""One pattern for all questions to the same people, where that is safe for each of them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute
from scipy.sparse import csr_matrix

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.attack.insiders import moves, same_groups, worked_out
from anonymisation.disclosure.groups.insiders import _doubtful, _moves_without
from domain.release import Hierarchy, Rules, TableLayout, TableSpec

AGES = {"18-64": 0.3, "65-74": 0.3, "75-84": 0.3, "85+": 0.1}
RULES = Rules(insider_dimension="area")


def answers(questions, *, gemeenten=9, seed=1, missing=0.04):
    """Made-up people per gemeente and age; a few skip a question."""
    dice = np.random.default_rng(seed)
    people = {(f"GM9{g:03}", a): dice.poisson(90 * s) for g in range(gemeenten) for a, s in AGES.items()}
    rows = [
        {"question": question, "area": area, "leeftijd": age, "n": int(dice.binomial(n, 1 - missing))}
        for question in questions
        for (area, age), n in people.items()
    ]
    return pa.Table.from_pylist(rows)


def spec():
    tree = Hierarchy("area", {f"GM9{g:03}": f"PV{g % 3}" for g in range(9)})
    return TableSpec((TableLayout("leeftijd", ("area", "leeftijd"), by=("question",), area="area"),), (tree,))


def closed(found, question):
    rows = found.tables[0].to_pylist()
    return {(r["area"], r["leeftijd"]) for r in rows if r["question"] == question and r["status"] == "suppressed"}


def test_an_equal_question_closes_the_same_cells():
    first = answers(["a"])
    again = first.set_column(0, "question", pa.array(["b"] * first.num_rows))
    found = protect([pa.concat_tables([first, again])], spec(), RULES)
    assert closed(found, "a")
    assert closed(found, "a") == closed(found, "b")


def test_an_example_hardly_costs_more_than_working_afresh():
    apart = 0
    questions = [f"q{i}" for i in range(6)]
    table = answers(questions)
    together = protect([table], spec(), RULES).audit.suppressed
    for question in questions:
        mine = table.filter(pa.compute.equal(table.column("question"), question))
        apart += protect([mine], spec(), RULES).audit.suppressed
    assert 0 < together <= 1.1 * apart


def test_every_question_is_safe_on_its_own_counts():
    table = answers([f"q{i}" for i in range(5)], missing=0.3)
    found = protect([table], spec(), RULES)
    for question in sorted(set(table.column("question").to_pylist())):
        mine = found.tables[0].filter(pa.compute.equal(found.tables[0].column("question"), question))
        assert audit([mine], spec().hierarchies, RULES).safe


def test_the_order_of_the_rows_changes_nothing():
    table = answers(["a", "b", "c"])
    order = np.random.default_rng(5).permutation(table.num_rows)
    one, two = protect([table], spec(), RULES), protect([table.take(pa.array(order))], spec(), RULES)
    assert one.tables[0].equals(two.tables[0])


def test_looking_at_blocks_of_gemeenten_overlooks_nobody():
    dice = np.random.default_rng(8)
    for _ in range(60):
        size = 40
        matrix = (dice.random((26, size)) < 0.12) * dice.choice([-1.0, 1.0], (26, size))
        owner = np.array([f"GM{i}" for i in dice.integers(0, 12, size)], dtype=object)
        names = sorted(set(owner))
        wanted = np.ones(size, dtype=bool)
        found = {(name, int(at)) for name, cells in _doubtful(matrix, wanted, owner, names)
                 for at in np.flatnonzero(cells & ~_moves_without(matrix, owner == name))}  # fmt: skip
        plain = {(name, int(at)) for name in names
                 for at in np.flatnonzero((owner != name) & ~_moves_without(matrix, owner == name))}  # fmt: skip
        assert found == plain


def test_the_auditor_overlooks_nobody_in_rows_and_columns_of_insiders():
    dice = np.random.default_rng(9)
    for _ in range(40):
        size = 40
        matrix = csr_matrix((dice.random((26, size)) < 0.12) * dice.choice([-1.0, 1.0], (26, size)))
        owner = np.array([f"GM{i}" for i in dice.integers(0, 12, size)], dtype=object)
        wanted, rhs = np.ones(size, dtype=bool), np.ones(26)
        plain = set()
        for name in sorted(set(owner)):
            loose = np.ones(size, dtype=bool)
            loose[owner != name] = moves(matrix[:, np.flatnonzero(owner != name)])
            plain |= {(int(at), name) for at in np.flatnonzero(~loose)}
        free = {at for name in set(owner) for at in np.flatnonzero(owner == name)
                if moves(matrix[:, np.flatnonzero(owner == name)])[np.flatnonzero(owner == name) == at][0]}  # fmt: skip
        same = same_groups(matrix, rhs)
        secret = moves(matrix)  # what follows for everybody is no secret of an insider
        plain = {
            (at, name) for at, name in plain
            if at not in free and secret[at] and same[at] not in set(same[owner == name])
        }  # fmt: skip
        assert set(worked_out(matrix, rhs, owner, wanted)) == plain
