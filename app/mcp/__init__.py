"""The timeline for assistants, by the Model Context Protocol (MCP).

The tools ask the API in this process by its paths and parameters, so an answer here is an answer of the
API, made short. Only `server.py`, `http.py` and `stdio.py` need the SDK, which is an extra; `door.py`
imports them at the first request.
"""
