from __future__ import annotations

import pytest

from tests.core.samples import PROBLEMS
from tray_app.core.problem import Problem, ProblemError


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_the_exception_carries_the_problem_and_names_it(problem: Problem) -> None:
    error = ProblemError(problem)
    assert error.problem is problem
    assert type(problem).__name__ in str(error)
