"""The server of the protocol: it lists and calls the tools, resources and prompts. It needs the SDK."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from starlette.requests import Request

from app.domain import dataset
from app.domain.vocabulary import EntityKind
from app.mcp.asking import Api, RefusedError
from app.mcp.prompts import BRIEFS
from app.mcp.records import JSON, PAGES, SCHEME, read_record, template_of
from app.mcp.tools import TOOLS, call

_NAME: Final = "timeline"
INSTRUCTIONS: Final = (
    f"{dataset.SUMMARY} Arguments that take an id take a name in any script too. Dates are EDTF: 2018-10 "
    "is some day of that month, ~ is about, ? is doubtful. Each answer has `as_of`, the state that it was "
    "read from: send it again to read the same state, and cite `link` or `event_link`, which lead to that "
    "state. Events that were only announced, reported or cancelled say so under `status`. An absent event "
    "is no evidence that nothing happened."
)
_READS_ONLY: Final = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
FindApi = Callable[[Request | None], Api]
_Context = ServerRequestContext[Any, Request]
_Page = types.PaginatedRequestParams | None


def make_server(find_api: FindApi, version: str) -> Server[Any]:
    """Return a server; `find_api` returns the API as the sender of a request may ask it.

    The request is None over standard input.
    """

    async def call_tool(
        context: _Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        return await _call(find_api(context.request), params.name, params.arguments or {})

    async def read_resource(
        context: _Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        address = str(params.uri)
        try:
            text = await read_record(find_api(context.request), address)
        except RefusedError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from None
        contents = types.TextResourceContents(uri=address, mime_type=JSON, text=text)
        return types.ReadResourceResult(contents=[contents])

    return Server(
        _NAME,
        version=version,
        title=dataset.TITLE,
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=call_tool,
        on_list_resources=_list_resources,
        on_list_resource_templates=_list_templates,
        on_read_resource=read_resource,
        on_list_prompts=_list_prompts,
        on_get_prompt=_get_prompt,
    )


async def _call(api: Api, name: str, arguments: Mapping[str, Any]) -> types.CallToolResult:
    tool = next((each for each in TOOLS if each.name == name), None)
    if tool is None:
        known = ", ".join(each.name for each in TOOLS)
        raise MCPError(types.INVALID_PARAMS, f"there is no tool {name!r}: tools are {known}")
    try:
        answer = await call(tool, api, arguments)
    except RefusedError as error:
        return _result(str(error), is_error=True)
    return _result(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))


def _result(text: str, *, is_error: bool = False) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], is_error=is_error
    )


async def _list_tools(_context: _Context, _page: _Page) -> types.ListToolsResult:
    tools = [
        types.Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema={**tool.schema},
            annotations=_READS_ONLY,
        )
        for tool in TOOLS
    ]
    return types.ListToolsResult(tools=tools)


async def _list_resources(_context: _Context, _page: _Page) -> types.ListResourcesResult:
    resources = [
        types.Resource(
            uri=f"{SCHEME}://{page.path}",
            name=page.path,
            title=page.title,
            description=page.description,
            mime_type=JSON,
        )
        for page in PAGES
    ]
    return types.ListResourcesResult(resources=resources)


async def _list_templates(_context: _Context, _page: _Page) -> types.ListResourceTemplatesResult:
    templates = [
        types.ResourceTemplate(
            uri_template=template_of(kind),
            name=kind,
            description=f"The whole record of one {kind}.",
            mime_type=JSON,
        )
        for kind in EntityKind
    ]
    return types.ListResourceTemplatesResult(resource_templates=templates)


async def _list_prompts(_context: _Context, _page: _Page) -> types.ListPromptsResult:
    prompts = [
        types.Prompt(
            name=brief.name,
            title=brief.title,
            description=brief.description,
            arguments=[
                types.PromptArgument(name=name, description=text, required=number == 0)
                for number, (name, text) in enumerate(brief.arguments.items())
            ],
        )
        for brief in BRIEFS
    ]
    return types.ListPromptsResult(prompts=prompts)


async def _get_prompt(
    _context: _Context, params: types.GetPromptRequestParams
) -> types.GetPromptResult:
    brief = next((each for each in BRIEFS if each.name == params.name), None)
    if brief is None:
        known = ", ".join(each.name for each in BRIEFS)
        raise MCPError(
            types.INVALID_PARAMS, f"there is no prompt {params.name!r}: prompts are {known}"
        )
    try:
        text = brief.fill(params.arguments or {})
    except RefusedError as error:
        raise MCPError(types.INVALID_PARAMS, str(error)) from None
    message = types.PromptMessage(role="user", content=types.TextContent(type="text", text=text))
    return types.GetPromptResult(description=brief.description, messages=[message])
