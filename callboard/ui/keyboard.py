"""The one script of our own in the browser: keys for the search box, Tab through what floats.

It comes as a file from this server, because the security headers let no other script run. Streamlit
serves such files for installed packages only; this module makes it known without being installed.
"""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.runtime import Runtime

SCRIPT = Path(__file__).parent / "browser" / "keys.js"
_NAME = "callboard.keys"


def listen_for_keys() -> None:
    """Let the browser load the script; without a server, as in a test of a page, do nothing."""
    if not Runtime.exists():
        return
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        config = ComponentConfig(name="keys", asset_dir=SCRIPT.parent.name)
        manifest = ComponentManifest(name="callboard", version="1", components=[config])
        manager.register_from_manifest(manifest, SCRIPT.parents[1])
    st.components.v2.component(_NAME, js=SCRIPT.name)(key="cb-keys")
