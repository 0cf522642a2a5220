"""Mijn inloggen: putting a second factor in one's app, by camera, by a tap on the phone itself, or by typing."""

from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from domain.errors import NotAllowed
from portal.speech import _
from portal.visit import SignedIn, Visit
from register.passwords import new_totp, totp_address
from register.users import set_totp

router = APIRouter(prefix="/mijn-inloggen")
_LONGEST = 64


@router.get("")
def show(visit: SignedIn) -> Response:
    """A new key; it counts only once a code of it came back."""
    return _page(visit)


@router.post("")
def keep(visit: SignedIn) -> Response:
    """Keep the second factor once a code of it fits."""
    code = visit.text("code").replace(" ", "")[:10]
    try:
        set_totp(visit.house.register, visit.text("sleutel")[:_LONGEST], code, by=visit.by)
    except (NotAllowed, ValueError):  # a key that was tampered with is no base32
        problem = _("Deze code klopt niet. Zet de nieuwe sleutel in uw app.")
        return _page(visit, status=403, problem=problem)
    return visit.go("/mijn-inloggen", "code")


def _page(visit: Visit, *, status: int = 200, problem: str = "") -> Response:
    secret = new_totp()
    address = totp_address(secret, visit.by.name)
    return visit.page(
        "second_factor.html",
        status=status,
        problem=problem,
        secret=secret,
        groups=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        address=address,
        picture=qr_code(address),
    )


def qr_code(text: str) -> Markup:
    """A QR code as inline SVG without style, title or script."""
    import segno

    made: str = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, dark="#000", light="#fff")
    return Markup(made)  # noqa: S704 - paths and numbers only
