"""How the front end is served: on this machine only, without telemetry, without tracebacks for visitors."""

from typing import Final

from scamcheck.limits import MAX_UPLOAD_MEGABYTES

SETTINGS: Final[dict[str, str | int | bool]] = {
    "server.headless": True,  # opens no browser of its own, and asks no outside service for its address
    "server.maxUploadSize": MAX_UPLOAD_MEGABYTES,
    "server.maxMessageSize": MAX_UPLOAD_MEGABYTES + 5,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,  # XSRF protection does not cover the WebSocket; this does
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.fileWatcherType": "none",
    "server.disconnectedSessionTTL": 20,  # seconds until a closed tab's session and uploads are gone
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "theme.base": "light",
    "theme.primaryColor": "#1f5fa8",
    "theme.textColor": "#1b2733",
    "theme.font": "sans-serif",
}
"""The same as .streamlit/config.toml, for a start from anywhere; a test compares the two."""


def options(host: str, port: int) -> list[str]:
    """Return the command line options of `streamlit run` for these settings."""
    settings = {**SETTINGS, "server.address": host, "server.port": port, "browser.serverAddress": host}
    return [f"--{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in settings.items()]
