"""The door, one's own account, people, invitations. Names without a space of names are those that allauth asks for."""

from django.urls import include, path
from django.views.generic import RedirectView

from sangkien.accounts.identity import PROVIDER_ID
from sangkien.accounts.views import door, identity, invitations, memberships, own, people

_PROVIDER = {"provider_id": PROVIDER_ID}

_DOOR = [
    path("dang-nhap/", door.SignIn.as_view(), name="account_login"),
    path("dang-xuat/", door.SignOut.as_view(), name="account_logout"),
    path("dang-nhap/dang-dong/", door.Closed.as_view(), name="account_inactive"),
    path("dang-nhap/ma/", door.Code.as_view(), name="mfa_authenticate"),
    path("dang-nhap/khoa/", door.SignInWithKey.as_view(), name="mfa_login_webauthn"),
    path("dang-nhap/co-quan/", identity.begin, _PROVIDER, name="openid_connect_login"),
    path("dang-nhap/co-quan/tro-lai/", identity.end, _PROVIDER, name="openid_connect_callback"),
    path("tai-khoan/mat-khau/", door.ChangePassword.as_view(), name="account_change_password"),
    path("tai-khoan/mat-khau/moi/", RedirectView.as_view(pattern_name="accounts:mine"), name="account_set_password"),
    path("tai-khoan/xac-nhan/", door.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma/", door.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa/", door.KeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/buoc-hai/", door.SecondFactors.as_view(), name="mfa_index"),
    path("tai-khoan/buoc-hai/dien-thoai/", door.ActivateTOTP.as_view(), name="mfa_activate_totp"),
    path("tai-khoan/buoc-hai/dien-thoai/tat/", door.DeactivateTOTP.as_view(), name="mfa_deactivate_totp"),
    path("tai-khoan/buoc-hai/ma-du-phong/", door.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("tai-khoan/buoc-hai/ma-du-phong/moi/", door.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("tai-khoan/buoc-hai/khoa/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("tai-khoan/buoc-hai/khoa/them/", door.AddKey.as_view(), name="mfa_add_webauthn"),
    path("tai-khoan/buoc-hai/khoa/<int:pk>/bo/", door.RemoveKey.as_view(), name="mfa_remove_webauthn"),
]

_ROOM = [
    path("dang-nhap/mo-lai/", door.sealed, name="sealed"),
    path("tai-khoan/", own.mine, name="mine"),
    path("ai-lam-gi/", own.who, name="who"),
    path("moi/", invitations.invited, name="invited"),
    path("moi/roi/", invitations.leave, name="leave"),
    path("moi/<str:token>/", invitations.show, name="invitation"),
    path("moi/<str:token>/vao/", invitations.enter, name="enter"),
    path("moi/<str:token>/ma/", invitations.mailbox_code, name="mailbox_code"),
    path("quan-tri/nguoi-dung/", people.index, name="people"),
    path("quan-tri/nguoi-dung/them/", people.add, name="add"),
    path("quan-tri/ma-niem-phong/", people.seal, name="seal"),
    path("quan-tri/nguoi-dung/<uuid:uid>/", people.person, name="person"),
    path("quan-tri/nguoi-dung/<uuid:uid>/sua/", people.correct, name="correct"),
    path("quan-tri/nguoi-dung/<uuid:uid>/phan-viec/", people.give_membership, name="give_membership"),
    path("quan-tri/nguoi-dung/<uuid:uid>/dong/", people.close, name="close"),
    path("quan-tri/nguoi-dung/<uuid:uid>/mo-lai/", people.reopen, name="reopen"),
    path("quan-tri/nguoi-dung/<uuid:uid>/mat-khau/", people.give_password, name="give_password"),
    path("quan-tri/nguoi-dung/<uuid:uid>/buoc-hai/", people.drop_second_factors, name="drop_second_factors"),
    path("quan-tri/nguoi-dung/<uuid:uid>/xoa-thong-tin/", people.forget, name="forget"),
    path("quan-tri/phan-viec/<uuid:uid>/thoi/", memberships.end, name="end"),
    path("quan-tri/phan-viec/<uuid:uid>/ban-giao/", memberships.hand_over, name="hand_over"),
]

urlpatterns = [*_DOOR, path("", include((_ROOM, "accounts")))]
