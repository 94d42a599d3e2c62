"""Out to the office's provider of identities, and back."""

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST


@never_cache
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Only by the button of the door, so that no link signs anybody in."""
    response: HttpResponse = views.login(request, provider_id)
    return response


@never_cache
@require_GET
def end(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider's answer. Changes nothing unless it carries the secret of a sign-in begun in this browser."""
    response: HttpResponse = views.callback(request, provider_id)
    return response
