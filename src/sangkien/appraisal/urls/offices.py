"""Guidance, routing and opinions of the offices in charge."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
