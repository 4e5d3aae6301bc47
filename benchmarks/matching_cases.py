"""Quality of matching on labelled cases: who is found, and how ads and CVs are read.

python benchmarks/matching_cases.py [--trade NAME] [--part people|written|all] [--verbose]

The labels (`benchmarks/cases/README.md`) were written before the first run. No table here is
used to build or tune the product.
"""

import argparse
import contextlib
import io
from collections import Counter
from pathlib import Path

from cases_people import Tally, scored, trades
from cases_written import FIELDS, Fields, cvs, load, orders, stretches

from tvaers.cli.screen import errors

CASES = Path(__file__).parent / "cases"
ADS = Path(__file__).parents[2] / "shared/bench/kompetencer/kompetencer_danish_train.conll"
CAUSES = ("travel", "availability", "hours", "kind", "scope", "findable")


def main() -> None:
    """Run what was asked for and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trade", default="", help="only this folder of cases")
    parser.add_argument("--part", choices=("people", "written", "all"), default="all")
    parser.add_argument("--verbose", action="store_true", help="list what was wrong, worst first")
    asked = parser.parse_args()
    errors.quiet = True
    if asked.part != "written":
        people(asked.trade, verbose=asked.verbose)
    if asked.part != "people" and not asked.trade:
        written(verbose=asked.verbose)


def people(trade: str, *, verbose: bool) -> None:
    """Orders against people: one line per trade, then the causes of exclusion."""
    print(f"{'trade':12} {'hits P':>7} {'R':>6} {'near P':>7} {'R':>6} {'wrong pairs':>12}")
    whole = Tally()
    for folder in trades(CASES):
        if trade in ("", folder.name):
            tally = scored(folder)
            _line(folder.name, tally.counts)
            whole.add(tally)
    _line("all", whole.counts)
    print("\nkept out for the right cause")
    for cause in CAUSES:
        right, wrong = whole.causes[cause, True], whole.causes[cause, False]
        if right + wrong:
            print(f"{cause:12} {right:4} of {right + wrong:4}")
    if verbose:
        for _, told in sorted(whole.misses, reverse=True):
            print(told)
    print()


def _line(name: str, counts: Counter[str]) -> None:
    shares = []
    for kind in ("hit", "near"):
        right = counts[f"{kind} right"]
        shares.append(_share(right, right + counts[f"{kind} wrong"]))
        shares.append(_share(right, right + counts[f"{kind} missed"]))
    wrong = sum(number for key, number in counts.items() if not key.endswith("right"))
    print(f"{name:12} {shares[0]:>7} {shares[1]:>6} {shares[2]:>7} {shares[3]:>6} {wrong:12}")


def written(*, verbose: bool) -> None:
    """Fields of written orders and CVs, and of stretches of real ads."""
    labels = load(CASES / "written.toml")
    _fields("written orders", orders(labels["order"]), verbose=verbose)
    _fields("written CVs", cvs(labels["cv"]), verbose=verbose)
    if ADS.exists():
        real = stretches(load(CASES / "stretches.toml"), ADS)
        _fields("stretches of real ads", real, verbose=verbose)
    else:
        print(f"stretches of real ads: left out, {ADS} is missing")


def _fields(name: str, fields: Fields, *, verbose: bool) -> None:
    print(name)
    right, total = 0, 0
    for one in (*FIELDS, "found", "denied"):
        good, bad = fields.counts[one, True], fields.counts[one, False]
        if good + bad:
            print(f"  {one:14} {_share(good, good + bad):>6} ({good} of {good + bad})")
            right, total = right + good, total + good + bad
    print(f"  {'all fields':14} {_share(right, total):>6} ({right} of {total})\n")
    if verbose:
        print("\n".join(fields.misses), end="\n\n")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    with contextlib.redirect_stderr(io.StringIO()):
        main()
