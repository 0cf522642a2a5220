"""Runs in the environment of pytauargus, never in ours: `python argus_protect.py ROWS.json METHOD`.

ROWS.json: leaf rows with n. Prints per closed cell its codes (total: empty), and the processor seconds it took.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from pytauargus import protect

rows = json.loads(Path(sys.argv[1]).read_text())
names = [name for name in rows[0] if name != "n"]
people = {name: [row[name] for row in rows for _ in range(row["n"])] for name in names}
people["one"] = [1] * len(people[names[0]])
began = time.process_time()
with tempfile.TemporaryDirectory() as folder:
    found = protect(people, [names], "one", safety_rules="FREQ(10,30)", suppress=sys.argv[2], workdir=folder)
    cells = found.tables[0].dataframe()
    took = time.process_time() - began
    cells = cells if isinstance(cells, list) else cells.to_dict("records")
codes = [["" if cell[n].strip() == "Total" else cell[n].strip() for n in names]
         for cell in cells if cell["status"] in ("U", "M")]  # fmt: skip
print(json.dumps({"closed": codes, "seconds": took}))
