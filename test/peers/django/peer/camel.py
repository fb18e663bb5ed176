"""Keys: camelCase out, either style in. Values are left alone, and so are keys inside them that are no names."""

import re

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer


def _camel(match):
    found = match.group()
    return found[0] + found[2].upper() if len(found) == 3 else found[1].upper()


def camelized(value):
    if isinstance(value, dict):
        return {
            re.sub(r"[a-z0-9]?_[a-z0-9]", _camel, key) if isinstance(key, str) else key: camelized(inside)
            for key, inside in value.items()
        }
    return [camelized(item) for item in value] if isinstance(value, (list, tuple)) else value


def snaked(value):
    if isinstance(value, dict):
        return {re.sub(r"[A-Z]", lambda found: "_" + found.group().lower(), key): snaked(inside) for key, inside in value.items()}
    return [snaked(item) for item in value] if isinstance(value, list) else value


class ObjectParser(JSONParser):
    """Every body of this server is an object."""

    def parse(self, stream, media_type=None, parser_context=None):
        body = super().parse(stream, media_type, parser_context)
        if not isinstance(body, dict):
            raise ParseError("JSON parse error - Expecting an object")
        return body


class CamelParser(ObjectParser):
    def parse(self, stream, media_type=None, parser_context=None):
        return snaked(super().parse(stream, media_type, parser_context))


class CamelRenderer(JSONRenderer):
    def render(self, data, accepted_media_type=None, renderer_context=None):
        return super().render(camelized(data), accepted_media_type, renderer_context)
