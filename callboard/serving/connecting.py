"""A line in the page's head that tells Streamlit's page where its server is, so it need not ask.

Streamlit's page asks first whether the server lives and which hosts may embed it, at the address of
the page (`/touchpoint/…`, which is never there) and then at the one above it. Told both, it opens
its socket at once; it still asks, beside. Nobody may embed us: the only host named is ourselves.
"""

CONNECT = (
    'window.__streamlit={BACKEND_BASE_URL:new URL(".",location.href).href,'
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}"
)
