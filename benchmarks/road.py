"""The whole road, from files in the inbox to a published release, and how it grows with the number of gemeenten.

Every gemeente delivers CEO Wmo over three metingen of 300 rows, all of them sign, one release is published. The same is
done with 34 gemeenten in the same process; imports are paid by a first run that is not counted. Goals: time per
gemeente at most 1.2 x that of the small run; a run with nothing new takes almost nothing.
With `--yearly` every meting is a release of its own, beside the earlier ones, and some gemeenten are late.

    python -m benchmarks.road [--gemeenten 342] [--small 34] [--metingen 2024 2025 2026] [--rows 300]
    python -m benchmarks.road --yearly [--late 20]
"""

import argparse


def main() -> None:
    """Ask, silence the libraries, drive. Hands start from this module: like `toegangspeil` it imports little."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gemeenten", type=int, default=342)
    parser.add_argument("--small", type=int, default=34)
    parser.add_argument("--metingen", nargs="+", default=["2024", "2025", "2026"])
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--yearly", action="store_true", help="a release per meting, beside those before it")
    parser.add_argument("--late", type=int, default=20, help="one of so many gemeenten delivers a meting with the next")
    asked = parser.parse_args()
    from toegangspeil.main import quiet_libraries

    quiet_libraries()
    from benchmarks.road_drive import compare
    from benchmarks.road_yearly import yearly

    (yearly if asked.yearly else compare)(asked)


if __name__ == "__main__":
    main()
