"""Pages of plans. ``/dot/<uid>/`` itself is the page of the desk; what belongs to the plan is under it."""

from django.urls import path

from sangkien.campaigns.views import (
    acting,
    amending,
    criteria,
    forms,
    inviting,
    listing,
    plan,
    reading,
    standing_in,
    starting,
)

app_name = "campaigns"
_PLAN = "dot/<uuid:uid>/ke-hoach/"
_CRITERIA = f"{_PLAN}tieu-chi/"
urlpatterns = [
    path("dot/", listing.index, name="list"),
    path("dot/moi/", starting.new, name="new"),
    path("dot/moi/tu-nam-truoc/", starting.from_last_year, name="from_last_year"),
    path("dot/moi/tu-tep/", reading.read, name="read"),
    path("dot/moi/tu-tep/nhan/", reading.take, name="take"),
    path(_PLAN, plan.plan, name="plan"),
    path(f"{_PLAN}phan/<slug:code>/", plan.part, name="part"),
    path(f"{_PLAN}phan/<slug:code>/xem/", plan.closed_part, name="closed_part"),
    path(f"{_PLAN}van-ban/", acting.prepare, name="prepare"),
    path(f"{_PLAN}ban-hanh/", acting.issue, name="issue"),
    path(f"{_PLAN}huy/", acting.cancel, name="cancel"),
    path(f"{_PLAN}chuyen/<slug:verb>/", acting.move, name="move"),
    path(f"{_PLAN}tep/<int:key>/", acting.file, name="file"),
    path(f"{_PLAN}sua-doi/", amending.index, name="amendments"),
    path(f"{_PLAN}sua-doi/<slug:code>/", amending.amend, name="amend"),
    path(f"{_PLAN}lam-thay/", standing_in.index, name="stand_ins"),
    path(f"{_PLAN}lam-thay/<int:office>/", standing_in.appoint, name="appoint_stand_in"),
    path(f"{_PLAN}lam-thay/thoi/<int:key>/", standing_in.withdraw, name="withdraw_stand_in"),
    path(_CRITERIA, criteria.index, name="criteria"),
    path(f"{_CRITERIA}bat-dau/", criteria.begin, name="begin_criteria"),
    path(f"{_CRITERIA}ten/", criteria.name, name="criteria_name"),
    path(f"{_CRITERIA}cach-tinh/", criteria.rule, name="criteria_rule"),
    path(f"{_CRITERIA}nhom/", criteria.groups, name="criteria_groups"),
    path(f"{_CRITERIA}muc/", criteria.criterion, name="new_criterion"),
    path(f"{_CRITERIA}muc/<slug:code>/", criteria.criterion, name="criterion"),
    path(f"{_CRITERIA}muc/<slug:code>/<slug:verb>/", criteria.move, name="move_criterion"),
    path(f"{_CRITERIA}ap-dung/", criteria.apply, name="apply_criteria"),
    path(f"{_CRITERIA}bo/", criteria.drop, name="drop_criteria"),
    path(f"{_CRITERIA}phieu/<int:version>/", criteria.preview, name="preview_sheet"),
    path(f"{_PLAN}giay-moi/", inviting.index, name="invitations"),
    path(f"{_PLAN}giay-moi/tao/", inviting.create, name="invite"),
    path(f"{_PLAN}giay-moi/<int:key>/thu-hoi/", inviting.revoke, name="revoke"),
    path(f"{_PLAN}mau/", forms.index, name="forms"),
    path(f"{_PLAN}mau/tat-ca/", forms.of_all, name="all_forms"),
    path(f"{_PLAN}mau/<int:number>/<int:key>/", forms.of_unit, name="unit_form"),
    path(f"{_PLAN}mau/<int:number>/tep/", forms.template, name="template"),
]
