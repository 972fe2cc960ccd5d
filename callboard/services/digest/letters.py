"""A digest as a letter: plain text, and HTML with its pictures inside; every text is escaped."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from callboard.figures import format_day
from callboard.sending.letter import Letter, Picture
from callboard.services.digest.content import Digest, value_of
from callboard.services.digest.pictures import HEIGHT, WIDTH, draw_picture
from callboard.services.tiles.headlines import tell_all
from callboard.views import Chip, Tile
from callboard.views.signalling import Assignment

_BAD, _GOOD, _TOLD = "Of concern", "Improving", "Alerts that stand, as they went off"
_DUE = "Due and overdue"
_NONE = "None."
_PAGE = Markup(
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark"><title>{title}</title>'
    "<style>:root{{color-scheme:light dark}}"
    "@media (prefers-color-scheme:dark){{"
    "body{{background:#12161b!important;color:#eef1f4!important}}"
    "a{{color:#eef1f4!important}}.quiet{{color:#a3adb8!important}}"
    ".line{{border-color:#2b333c!important}}}}</style></head>"
    '<body style="margin:0;background:#fbfaf7;color:#16191d;'
    'font:15px/1.5 Inter,Segoe UI,Helvetica,Arial,sans-serif">'
    '<div style="max-width:640px;margin:0 auto;padding:24px 16px">'
    '<p class="quiet" style="color:#59626d;margin:0">{week}</p>'
    '<h1 style="font:500 22px/1.3 Georgia,serif;margin:4px 0 16px">{headline}</h1>'
    '{body}<p class="quiet line" style="color:#59626d;font-size:13px;border-top:1px solid #e3e0d9;'
    'padding-top:12px;margin-top:24px">{foot}</p></div></body></html>'
)
_SECTION = Markup('<h2 style="font:600 16px/1.3 Georgia,serif;margin:20px 0 4px">{}</h2>{}')
_TILE = Markup(
    '<table role="presentation" class="line" width="100%" style="border-top:1px solid #e3e0d9">'
    '<tr><td style="padding:8px 8px 8px 0;vertical-align:top">'
    '<b style="font-size:15px">{name}</b><br>'
    '<span class="quiet" style="color:#59626d">{place}</span><br>'
    "{verdict}<br>"
    '<span class="quiet" style="color:#59626d;font-size:13px">{chips}</span></td>'
    '<td width="{width}" style="padding:8px 0;vertical-align:top;text-align:right">'
    '<b style="font-size:18px;white-space:nowrap">{value}</b><br>'
    '<img src="cid:{picture}" width="{width}" height="{height}" alt="{verdict}"></td></tr></table>'
)
_LINK = Markup('<a href="{}" style="color:#16191d">{}</a>')
_ITEM = Markup('<p style="margin:4px 0">{}</p>')


def letter_of(digest: Digest, *, address: str = "") -> Letter:
    """Return the letter. `address` is where Callboard is; without it nothing is a link."""
    tiles = (*digest.concerns, *digest.improvements)
    pictures = {_id(at): draw_picture(tile.sparkline) for at, tile in enumerate(tiles)}
    return Letter(
        subject=digest.subject,
        text=_text(digest, address),
        html=_html(digest, address),
        pictures=tuple(Picture(name=name, png=png) for name, png in pictures.items()),
    )


def _id(at: int) -> str:
    return f"tile{at}"


def _html(digest: Digest, address: str) -> str:
    bad = [(at, tile) for at, tile in enumerate(digest.concerns)]
    good = [(at + len(bad), tile) for at, tile in enumerate(digest.improvements)]
    parts = [_section(_BAD, bad, address), _section(_GOOD, good, address)]
    if digest.due:
        listed = Markup("").join(_due(each, address) for each in digest.due)
        parts.append(_SECTION.format(_DUE, listed))
    if digest.alerts:
        parts.append(_SECTION.format(_TOLD, Markup("").join(map(_ITEM.format, digest.alerts))))
    return str(
        _PAGE.format(
            title=digest.subject,
            week=f"{digest.workspace} · {digest.period_label}",
            headline=digest.headline,
            body=Markup("").join(parts),
            foot=_foot(digest, address),
        )
    )


def _section(title: str, tiles: Sequence[tuple[int, Tile]], address: str) -> Markup:
    drawn = Markup("").join(_tile(at, tile, address) for at, tile in tiles)
    return _SECTION.format(title, drawn or _ITEM.format(_NONE))


def _tile(at: int, tile: Tile, address: str) -> Markup:
    name: str | Markup = tile.metric_name
    if address:
        name = _LINK.format(_address_of(tile, address), name)
    return _TILE.format(
        name=name,
        place=tile.touchpoint_name,
        verdict=tell_all(tile),
        chips=" · ".join(map(_chip, tile.chips)),
        value=value_of(tile),
        picture=_id(at),
        width=WIDTH,
        height=HEIGHT,
    )


def _due(of: Assignment, address: str) -> Markup:
    what: str | Markup = of.what
    if address:
        what = _LINK.format(_address_of(of, address), what)
    task = Markup("<br>{}").format(of.task) if of.task else ""
    return _ITEM.format(Markup("<b>{}</b>, {}: {}{}").format(of.assignee, _by(of), what, task))


def _by(of: Assignment) -> str:
    """`overdue since 21 Nov 2026`, or until when it is to be done."""
    assert of.due is not None
    return f"{'overdue since' if of.is_overdue else 'due'} {format_day(of.due)}"


def _chip(chip: Chip) -> str:
    label = f"{chip.label[:1].upper()}{chip.label[1:]}"
    return f"{label}: {', '.join(filter(None, (chip.text, chip.word)))}"


def _address_of(of: Tile | Assignment, address: str) -> str:
    grain = of.grain if isinstance(of, Assignment) else "week"
    query = urlencode({"touchpoint": of.touchpoint, "metric": of.metric, "grain": grain})
    return f"{address.rstrip('/')}/touchpoint?{query}"


def _foot(digest: Digest, address: str) -> Markup:
    told = Markup("{}").format(_stamp(digest))
    return told + Markup(" ") + _LINK.format(address, "Open Callboard") if address else told


def _stamp(digest: Digest) -> str:
    more = f"{digest.left_out} more are not listed. " if digest.left_out else ""
    return (
        f"{more}Data complete to {digest.complete_to}: {digest.data_state}. "
        f"Publication {digest.publication}."
    )


def _text(digest: Digest, address: str) -> str:
    return "\n".join(_lines(digest, address)) + "\n"


def _lines(digest: Digest, address: str) -> Iterator[str]:
    yield from (f"{digest.workspace}, {digest.period_label}", "", digest.headline)
    for title, tiles in ((_BAD, digest.concerns), (_GOOD, digest.improvements)):
        yield from ("", title.upper())
        for tile in tiles:
            yield f"- {tile.metric_name}, {tile.touchpoint_name}: {value_of(tile)}"
            yield f"  {tell_all(tile)}"
            if address:
                yield f"  {_address_of(tile, address)}"
        if not tiles:
            yield _NONE
    if digest.due:
        yield from ("", _DUE.upper())
        for each in digest.due:
            yield f"- {each.assignee}, {_by(each)}: {each.what}"
            if each.task:
                yield f"  {each.task}"
    if digest.alerts:
        yield from ("", _TOLD.upper(), *(f"- {each}" for each in digest.alerts))
    yield from ("", _stamp(digest))
    if address:
        yield address
