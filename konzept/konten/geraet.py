"""Names the browser and the system behind a User-Agent header, so that people recognise their own sessions."""

# The first that fits counts: Edge calls itself Chrome too, Chrome calls itself Safari, Android calls itself Linux.
_BROWSER = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "Chrome/": "Chrome",
    "CriOS": "Chrome",
    "Safari/": "Safari",
}
_SYSTEM = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def geraet(user_agent: str) -> str:
    """Such as "Firefox, Windows"; "unbekannter Browser" where nothing is recognised."""
    teile = (_erstes(user_agent, _BROWSER), _erstes(user_agent, _SYSTEM))
    return ", ".join(filter(None, teile)) or "unbekannter Browser"


def _erstes(user_agent: str, namen: dict[str, str]) -> str:
    return next((name for zeichen, name in namen.items() if zeichen in user_agent), "")
