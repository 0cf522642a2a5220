"""The application: settings are read once by who starts it; everything a page needs hangs on `app.state`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from portal import errors
from portal.attempts import FOLDER, Counting
from portal.drawing import Pictures
from portal.entrance import entrance
from portal.evidence import EvidenceDesk
from portal.house import House
from portal.pages import (
    accountability,
    advice,
    areas,
    compare,
    contributions,
    data,
    deliveries,
    findings,
    keeping,
    microdata,
    papers,
    policies,
    preparing,
    program_keys,
    public,
    releases,
    reports,
    requests,
    review,
    rules,
    second_factor,
    sign_in,
    start,
    texts,
    uploading,
    users,
)
from portal.published import Library
from portal.security import Guard
from portal.service import analyse, anonymise, batches, keys, metrics
from portal.station import Station
from portal.templating import templates
from portal.translation import voice_of
from portal.whatif import RulesDesk

HERE = Path(__file__).parent
THEME_VARIABLE = "TOEGANGSPEIL_THEME"
"""A CSS file with design tokens of the gemeente's own house style, loaded after ours."""
LANGUAGE_VARIABLE = "TOEGANGSPEIL_LANGUAGE"
"""A language code with a catalogue in `portal/locale/`; without it the portal speaks Dutch."""

PAGES = (
    start, sign_in, second_factor, contributions, preparing, releases, deliveries, uploading, policies, rules, review,
    findings, compare, areas, data, reports, requests, accountability, papers, keeping, advice, texts, microdata, users,
    program_keys, public,
)  # fmt: skip


@dataclass(frozen=True)
class Serving:
    """How this portal is served.

    open_service: the anonymisation service answers without a key, on this machine only.
    secure: people reach it by https, so cookies are sent over https only.
    """

    open_service: bool = False
    secure: bool = False


def create_app(
    house: House, *, serving: Serving | None = None, station: Station | None = None, environ: Mapping[str, str] = {}
) -> FastAPI:
    """The portal and the service over an opened home.

    station: opens checked deliveries for the evidence behind a contribution; without it nobody can sign.
    """
    serving = serving or Serving()
    app = FastAPI(
        title="Toegangspeil", docs_url=None, redoc_url=None, openapi_url="/v1/openapi.json", redirect_slashes=False
    )
    app.state.house = house
    app.state.serving = serving
    app.state.secure = serving.secure
    app.state.voice = voice_of(environ.get(LANGUAGE_VARIABLE, ""), HERE / "locale")
    app.state.templates = templates(app.state.voice)
    app.state.library = Library(house.places.published)
    app.state.pictures = Pictures()
    app.state.station = station
    app.state.desk = EvidenceDesk(house, station)
    app.state.rules_desk = RulesDesk(house, station)
    app.state.entrance = entrance(house, environ)
    counting = Counting(environ.get(FOLDER, ""))
    app.state.sign_in_attempts = counting.attempts("sign-in", 20, 900)
    app.state.public_attempts = counting.attempts("public", 10, 3600)
    own = environ.get(THEME_VARIABLE)
    app.state.own_theme = bool(own)
    if own:
        app.mount("/static/eigen", StaticFiles(directory=Path(own).parent))
        app.state.own_theme = Path(own).name
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for part in (analyse, anonymise, batches, metrics):  # first: a program asks often, and routes are tried in order
        app.include_router(part.router)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.state.keys = keys.Keys(house.register, counting)
    app.add_middleware(metrics.Measure)
    app.add_middleware(Guard, secure=serving.secure)
    errors.install(app)
    return app
