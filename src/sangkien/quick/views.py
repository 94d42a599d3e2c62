"""The quick way in."""

from django.http import HttpRequest, HttpResponse

from sangkien import ui


def front(request: HttpRequest) -> HttpResponse:
    return ui.redirect(request, "quick:home")


def home(request: HttpRequest) -> HttpResponse:
    return ui.page(request, "quick/home.html")
