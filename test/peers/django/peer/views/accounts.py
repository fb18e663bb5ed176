"""Signing in, who one is, and the socket's health."""

from channels.layers import get_channel_layer
from django.contrib.auth.models import update_last_login
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.tokens import RefreshToken

from .. import shapes
from ..envelope import bad, good, page_of
from ..models import User
from .parts import View, required


class Login(View):
    """Bad credentials are a 400."""

    authentication_classes = []
    permission_classes = []

    def post(self, request):
        email, password = required(request.data, "email"), required(request.data, "password")
        user = User.objects.filter(email=email).first()
        if user is None or not user.is_active or not user.check_password(password):
            raise ValidationError({"non_field_errors": ["Invalid email or password"]})
        update_last_login(None, user)
        refresh = RefreshToken.for_user(user)
        data = {"access": str(refresh.access_token), "refresh": str(refresh), "user": shapes.user(user)}
        return good(data, "Login successful")


class Refresh(View):
    """The library's own rotation; its complaint is written down as Python prints it."""

    authentication_classes = []
    permission_classes = []

    def post(self, request):
        serializer = TokenRefreshSerializer(data=request.data)
        try:
            serializer.is_valid(raise_exception=True)
        except TokenError as error:
            return bad(str(InvalidToken(error.args[0]).detail), 401)
        except ValidationError as error:
            return bad(str(error.detail), 401)
        return good(serializer.validated_data, "Token refreshed successfully")


class Logout(View):
    """Authentication is turned off and then demanded."""

    authentication_classes = []

    def permission_denied(self, request, message=None, code=None):
        raise PermissionDenied()


class Me(View):
    def get(self, request):
        return good(shapes.user(request.user))


class Users(View):
    def get(self, request):
        if not request.user.is_admin:
            raise PermissionDenied()
        return page_of(request, User.objects.order_by("-id"), shapes.user_in_list)


class Health(View):
    """Healthy whenever a layer is configured, whether or not anything behind it lives."""

    def get(self, request):
        if not request.user.is_admin:
            raise PermissionDenied()
        kind = type(get_channel_layer()).__name__
        data = {"channel_layer_configured": True, "channel_layer_type": kind, "connection_count": 0}
        return good(data, "WebSocket infrastructure is healthy")
