"""Settings of the peer: production's, but for a database in a file. Everything that differs from run to run comes in by environment."""

import os
from datetime import timedelta

DEBUG = False
SECRET_KEY = os.environ["PEER_SECRET"]
# Whose name an Origin may carry, too.
ALLOWED_HOSTS = os.environ.get("PEER_ALLOWED_HOSTS", "127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    # `daphne` is left out, as on the real server: runserver is then WSGI, without any socket.
    "peer",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "peer.urls"
ASGI_APPLICATION = "peer.asgi.application"
WSGI_APPLICATION = "peer.wsgi.application"
AUTH_USER_MODEL = "peer.User"
# The accounts are invented and the work factor proves nothing here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = {"default": {"ENGINE": "peer.sqlite", "NAME": os.environ["PEER_DATABASE"], "OPTIONS": {"timeout": 5}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-us"
TIME_ZONE = "Asia/Kuwait"
USE_TZ = True

REDIS_PORT = int(os.environ.get("PEER_REDIS_PORT", "6379"))
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [("127.0.0.1", REDIS_PORT)],
            "capacity": 1500,
            "expiry": 10,
            "group_expiry": int(os.environ.get("PEER_GROUP_EXPIRY", "86400")),
        },
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["peer.camel.CamelRenderer"],
    "DEFAULT_PARSER_CLASSES": ["peer.camel.CamelParser"],
    "EXCEPTION_HANDLER": "peer.envelope.failure",
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=int(os.environ.get("PEER_ACCESS_SECONDS", "3600"))),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
