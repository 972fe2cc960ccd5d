"""Our script in the head of a page: where its server is, and what to fetch once it is painted.

Streamlit's page asks first whether the server lives and which hosts may embed it, at the address of
the page (`/touchpoint/…`, which is never there) and then at the one above it. Told both, it opens
its socket at once; it still asks, beside. Nobody may embed us: the only host named is ourselves.

What draws a chart is large. Fetched and compiled beside the start it takes the server's and the
page's turn on a small machine; fetched once the first words stand it comes in time all the same.
"""

LATER = "cb-later"
_CONNECT = (
    'window.__streamlit={BACKEND_BASE_URL:new URL(".",location.href).href,'
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}};"
)
_FETCH = (
    "new PerformanceObserver((seen,watch)=>{"
    'if(!seen.getEntriesByName("first-contentful-paint").length)return;watch.disconnect();'
    f'for(const told of document.querySelectorAll("link[rel={LATER}]"))'
    'document.head.append(Object.assign(document.createElement("link"),'
    '{rel:"modulepreload",crossOrigin:"anonymous",href:told.href}))'
    '}).observe({type:"paint",buffered:true})'
)
HEAD_SCRIPT = _CONNECT + _FETCH
