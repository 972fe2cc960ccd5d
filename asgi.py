"""What `callboard run` serves: Streamlit with our headers, our health check and a warm start."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from callboard.logs import start_logging
from callboard.serving.assets import Assets
from callboard.serving.headers import SecurityHeaders
from callboard.serving.preloads import Preloads
from callboard.serving.start import HEALTH, tell_unexpected, warm_start
from callboard.serving.upload_gate import UploadGate
from callboard.settings import load_settings

settings = load_settings()
start_logging(settings)
# Flat pages, each guarded by itself: nothing may turn that into a list made by one script.
PagesManager.uses_pages_directory = True

app = st.App(
    Path(__file__).with_name("dashboard.py"),
    lifespan=warm_start,
    routes=[HEALTH],
    middleware=[Middleware(each) for each in (SecurityHeaders, Assets, UploadGate, Preloads)],
    on_script_error=tell_unexpected,
)
config.set_option("server.maxUploadSize", settings.max_upload_mb)
