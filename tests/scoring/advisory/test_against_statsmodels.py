"""Agreement with a general mixed-model program, statsmodels' MixedLM, on connected designs: to three decimals."""

import warnings

import numpy as np
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec
from statsmodels.tools.sm_exceptions import ConvergenceWarning

from sangkien.scoring.advisory.calibrating import calibrate
from tests.factories.marks import SCALE, World, drawn_readers, world

DESIGNS = {
    "one field": world(seed=11, readers=drawn_readers(24, 6, 3, seed=11)),
    "three fields": world(seed=12, readers=drawn_readers(30, 6, 3, seed=12), fields=[at % 3 for at in range(30)]),
    "uneven": world(seed=13, readers=[some[: 2 + at % 3] for at, some in enumerate(drawn_readers(30, 7, 4, seed=13))]),
    "thin": world(seed=14, readers=drawn_readers(30, 5, 2, seed=14), fields=[at % 2 for at in range(30)]),
    "lenient judges": world(seed=15, readers=drawn_readers(24, 6, 3, seed=15), spread=(3, 9, 2)),
}


def _columns(names: list[object]) -> np.ndarray:  # type: ignore[type-arg]  # a matrix of zeros and ones
    return (np.array(names)[:, None] == np.unique(names)[None, :]).astype(float)


@pytest.mark.slow
@pytest.mark.parametrize("given", DESIGNS.values(), ids=DESIGNS.keys())
def test_variances_values_and_severities_agree(given: World) -> None:
    field_of = {each.id: each.field for each in given.entries}
    y = np.array([mark.total for mark in given.marks], dtype=float)
    fields = _columns([field_of[mark.entry] for mark in given.marks])
    entries, judges = _columns([m.entry for m in given.marks]), _columns([m.judge for m in given.marks])
    model = MixedLM(y, fields, groups=np.ones(y.size), exog_vc=_components(entries, judges))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it warns where the gradient is merely small
        theirs = model.fit(reml=True, method=["bfgs"], gtol=1e-8, maxiter=500)
    ours = calibrate(given.entries, given.marks, scale=SCALE)
    assert ours.variances is not None
    found = ours.variances
    assert (found.entry, found.judge, found.residual) == pytest.approx((*theirs.vcomp, theirs.scale), abs=1e-3)
    effects = next(iter(theirs.random_effects.values())).to_numpy()
    entry_names, judge_names = np.unique([m.entry for m in given.marks]), np.unique([m.judge for m in given.marks])
    of_entry = dict(zip(entry_names, effects[: entry_names.size], strict=True))
    of_judge = dict(zip(judge_names, effects[entry_names.size :], strict=True))
    of_field = dict(zip(np.unique(list(field_of.values())), theirs.fe_params, strict=True))
    for each in ours.entries:
        assert each.value == pytest.approx(of_field[each.field] + of_entry[each.entry], abs=1e-3)
    for judge in ours.judges:
        assert judge.severity == pytest.approx(-of_judge[judge.judge], abs=1e-3)


def _components(entries: np.ndarray, judges: np.ndarray) -> VCSpec:  # type: ignore[type-arg]  # as above
    names = [[f"{letter}{at}" for at in range(some.shape[1])] for letter, some in (("q", entries), ("b", judges))]
    return VCSpec(["q", "b"], [[names[0]], [names[1]]], [[entries], [judges]])
