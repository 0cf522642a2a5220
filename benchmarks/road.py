"""The whole road, from files in the inbox to a published release, and how it grows with the number of gemeenten.

Every gemeente delivers CEO Wmo over three metingen of 300 rows, all of them sign, one release is published. The same is
done with 34 gemeenten in the same process; imports are paid by a first run that is not counted. Goals: time per
gemeente at most 1.2 x that of the small run; a run with nothing new takes almost nothing.

    python -m benchmarks.road [--gemeenten 342] [--small 34] [--metingen 2024 2025 2026] [--rows 300]
"""

import argparse


def main() -> None:
    """Ask, silence the libraries, drive. Hands start from this module: like `toegangspeil` it imports little."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gemeenten", type=int, default=342)
    parser.add_argument("--small", type=int, default=34)
    parser.add_argument("--metingen", nargs="+", default=["2024", "2025", "2026"])
    parser.add_argument("--rows", type=int, default=300)
    asked = parser.parse_args()
    from toegangspeil.main import quiet_libraries

    quiet_libraries()
    from benchmarks.road_drive import compare

    compare(asked)


if __name__ == "__main__":
    main()
