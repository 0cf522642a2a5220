"""`python -m toegangspeil`: the same command line as `toegangspeil`."""

from toegangspeil.main import main

raise SystemExit(main())
