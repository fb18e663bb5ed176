"""The one socket. Everybody is in one group; every refusal is a close before accept, so no client ever sees its code."""

import json
import logging

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken

from .models import User

GROUP = "election_updates"
log = logging.getLogger(__name__)


class ElectionUpdates(AsyncWebsocketConsumer):
    async def connect(self):
        try:
            if await _user_of(self.scope) is None:
                await self.close(code=4001)
                return
            await self.channel_layer.group_add(GROUP, self.channel_name)
            await self.accept()
            await self._say(
                {
                    "type": "connection_success",
                    "message": "Connected to real-time updates",
                    "timestamp": timezone.now().isoformat(),
                }
            )
        except Exception as error:
            log.warning("not let in: %s", type(error).__name__)
            await self.close(code=4002)

    async def disconnect(self, code):
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    # Text only: a binary frame finds no such parameter and ends the socket.
    async def receive(self, text_data):
        try:
            message = json.loads(text_data)
        except json.JSONDecodeError:
            log.warning("not JSON: %d characters", len(text_data))
            return
        kind = message.get("type")
        if kind == "ping":
            await self._say({"type": "pong", "timestamp": message.get("timestamp")})
        elif kind == "subscribe":
            await self._say({"type": "subscribed", "channels": message.get("channels", [])})

    async def guarantee_update(self, frame):
        await self._say(frame)

    async def attendance_update(self, frame):
        await self._say(frame)

    async def voting_update(self, frame):
        await self._say(frame)

    async def _say(self, frame):
        await self.send(text_data=json.dumps(frame))


def _token_in(scope):
    query = scope["query_string"].decode()
    if "token=" in query:
        return query.rsplit("token=", 1)[1].split("&", 1)[0]
    header = dict(scope["headers"]).get(b"authorization", b"").decode()
    return header[len("Bearer ") :] if header.startswith("Bearer ") else ""


@database_sync_to_async
def _user_of(scope):
    try:
        token = AccessToken(_token_in(scope))
    except TokenError:
        return None
    return User.objects.filter(id=token.get("user_id"), is_active=True).first()
