"""Signing in and out, the second factor, one's own password: allauth's views in our look and our words."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.actions import first, people
from sangkien.accounts.forms import SealedCodeForm
from sangkien.accounts.middleware import needs_second_factor
from sangkien.accounts.models import ShownAccount, User
from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.refusal import Refused
from sangkien.ledger.recording import Actor
from sangkien.vietnamese import fold

NO_FORM_DATA = frozenset({"GET", "HEAD"})


class InOurLook:
    """Renders through ``ui.page``; a refused form answers 422, as every form of the house."""

    request: HttpRequest

    def get_template_names(self) -> list[str]:
        return [self.template_name]  # type: ignore[attr-defined]  # each view of allauth has one

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        form = context.get("form")
        refused = self.request.method not in NO_FORM_DATA and form is not None and bool(form.errors)
        return page(self.request, self.get_template_names()[0], context=context, status=422 if refused else 200)


class SignIn(InOurLook, account.LoginView):  # type: ignore[misc]  # allauth ships no types
    """Office mail and password, a passkey, or the office's provider of identities."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = ShownAccount.objects.select_related("user").order_by("pk")
        return {**super().get_context_data(**kwargs), "identity": settings.SANGKIEN_IDENTITY, "shown_accounts": shown}


class SignInWithKey(InOurLook, webauthn.LoginWebAuthnView):  # type: ignore[misc]  # as above
    """A GET gives what the browser asks the key; a POST brings its answer."""


class SignOut(InOurLook, account.LogoutView):  # type: ignore[misc]  # as above
    """A GET asks, a POST signs out."""


class Closed(InOurLook, account.AccountInactiveView):  # type: ignore[misc]  # as above
    """After the right password of a closed account."""


@method_decorator(login_required, name="dispatch")
class ChangePassword(InOurLook, account.PasswordChangeView):  # type: ignore[misc]  # as above
    """One's own choice, and the first thing after a one-time password."""


class Reauthenticate(InOurLook, account.ReauthenticateView):  # type: ignore[misc]  # as above
    """The password once more."""


class Code(InOurLook, mfa.AuthenticateView):  # type: ignore[misc]  # as above
    """The second step of signing in."""


class CodeAgain(InOurLook, mfa.ReauthenticateView):  # type: ignore[misc]  # as above
    """The second factor once more."""


class KeyAgain(InOurLook, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]  # as above
    """The key once more."""


class SecondFactors(InOurLook, mfa.IndexView):  # type: ignore[misc]  # as above
    """What one has, and what one may add."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        held = context["authenticators"]
        context["has_factor"] = any(held.get(kind) for kind in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN))
        context["is_due"] = needs_second_factor(actor_of(self.request))
        return context


class ActivateTOTP(InOurLook, totp.ActivateTOTPView):  # type: ignore[misc]  # as above
    """A telephone that shows codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _note(self.request, "add_second_factor")
        return response


class DeactivateTOTP(InOurLook, totp.DeactivateTOTPView):  # type: ignore[misc]  # as above
    """Without another factor a short password must then be changed."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _note(self.request, "remove_second_factor")
        return response


class AddKey(InOurLook, webauthn.AddWebAuthnView):  # type: ignore[misc]  # as above
    """A passkey or a security key."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **kwargs}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _note(self.request, "add_second_factor")
        return response


class RemoveKey(InOurLook, webauthn.RemoveWebAuthnView):  # type: ignore[misc]  # as above
    """As with the telephone."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _note(self.request, "remove_second_factor")
        return response


class RecoveryCodes(InOurLook, recovery.ViewRecoveryCodesView):  # type: ignore[misc]  # as above
    """The codes for the day when the telephone is lost."""


class NewRecoveryCodes(InOurLook, recovery.GenerateRecoveryCodesView):  # type: ignore[misc]  # as above
    """A new set; the old one is void."""


@never_cache
@require_http_methods(["GET", "POST"])
def sealed(request: HttpRequest) -> HttpResponse:
    """The envelope: opens an administrator's account again and prints the next code, once."""
    if request.method == "GET":
        return ui.page(request, "accounts/sealed.html", context={"form": SealedCodeForm()})
    form = SealedCodeForm(request.POST)
    if form.is_valid():
        try:
            opened = first.open_with_sealed_code(
                email_folded=fold(form.cleaned_data["email"]),
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return ui.page(request, "accounts/sealed_next.html", context={"code": opened.sealed_code})
    return ui.page(request, "accounts/sealed.html", context={"form": form}, status=422)


def _note(request: HttpRequest, verb: str) -> None:
    person = actor_of(request).user
    if not isinstance(person, User):
        raise ValueError("a second factor of nobody")
    people.demand_long_password(person=person)
    people.note_second_factor(person=person, verb=verb, by=Actor(f"user:{person.pk}"), at=timezone.now())
