from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "peer"
    default = True

    def ready(self):
        from . import broadcast

        broadcast.listen()
