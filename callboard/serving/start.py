"""A warm start, an answer for those who ask whether we live, and words for the unforeseen."""

import gc
import importlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from threading import Event, Thread

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from callboard.serving.streamlit_log import redact_streamlit

_WARM = (
    "numpy",
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    "plotly.io",
    "sqlalchemy",
    "callboard.ui",
)


@asynccontextmanager
async def warm_start(_app: object) -> AsyncGenerator[None]:
    """Import what every page needs and take it out of the garbage collector's rounds (F15).

    Until the server ends, what is published is read ahead for those who look.
    """
    for module in _WARM:
        importlib.import_module(module)
    redact_streamlit()
    gc.collect()
    gc.freeze()
    stopped = Event()
    keep_warm = importlib.import_module("callboard.ui.warming").keep_warm
    Thread(target=keep_warm, args=(stopped,), name="read ahead", daemon=True).start()
    yield
    stopped.set()


def tell_unexpected(error: Exception) -> bool:
    """Show a sentence and an error id instead of what Streamlit would; always True.

    The pages' modules are imported once the server runs: their caches look for it.
    """
    told: bool = importlib.import_module("callboard.ui.messages").tell_unexpected(error)
    return told


async def _health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


HEALTH = Route("/healthz", _health)
