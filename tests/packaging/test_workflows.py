"""The workflows, parsed and held to what must not slip: pins, rights, a release's order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # type: ignore[import-untyped]  # its types are a package of their own
from build.contents import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RELEASE = ROOT / ".github" / "workflows" / "release.yml"
BUILDING = ("package", "package-macos")


def jobs_of(path: Path) -> dict[str, Any]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    jobs = workflow["jobs"]
    assert isinstance(jobs, dict)
    return jobs


def steps_of(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs_of(path).values():
        yield from job["steps"]


def test_there_are_these_two() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "release.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.stem))
class TestEach:
    def test_every_action_is_pinned_by_its_commit_and_names_the_version(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        used = re.findall(r"uses: (.*)", text)
        assert used
        pinned = r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
        assert [line for line in used if not re.fullmatch(pinned, line)] == []

    def test_one_version_of_each_action_in_all(self, path: Path) -> None:
        text = "".join(each.read_text(encoding="utf-8") for each in WORKFLOWS)
        used = set(re.findall(r"uses: (.*)", text))
        assert len({line.partition("@")[0] for line in used}) == len(used)
        assert path.exists()

    def test_rights_are_given_job_by_job(self, path: Path) -> None:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {}
        assert all("permissions" in job for job in workflow["jobs"].values())

    def test_no_job_runs_for_ever(self, path: Path) -> None:
        assert all(job["timeout-minutes"] <= 90 for job in jobs_of(path).values())

    def test_no_checkout_leaves_a_token_behind(self, path: Path) -> None:
        for step in steps_of(path):
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"] == {"persist-credentials": False}

    def test_what_others_can_name_is_never_pasted_into_a_script(self, path: Path) -> None:
        assert [step for step in steps_of(path) if "${{" in step.get("run", "")] == []

    def test_the_scripts_that_it_runs_are_there(self, path: Path) -> None:
        named = set(re.findall(r"(?:packaging/\S+\.(?:py|sh)|\.ci/run)", path.read_text("utf-8")))
        assert named
        assert [name for name in named if not (ROOT / name).is_file()] == []


def test_a_release_begins_with_a_tag_alone() -> None:
    workflow = yaml.safe_load(RELEASE.read_text(encoding="utf-8"))
    # YAML 1.1 takes the word "on" for true.
    assert workflow[True] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}


def test_only_what_needs_it_may_write() -> None:
    rights = {name: job["permissions"] for name, job in jobs_of(RELEASE).items()}
    assert rights == {
        "check": {"contents": "read"},
        "package": {"contents": "read"},
        "package-macos": {"contents": "read"},
        "attest": {"id-token": "write", "attestations": "write"},
        "publish": {"contents": "write"},
    }


def test_whoever_builds_from_packages_of_others_sees_no_secret_but_apples() -> None:
    for name, job in jobs_of(RELEASE).items():
        secrets = set(re.findall(r"secrets\.(\w+)", str(job)))
        if name == "package-macos":
            assert job["environment"] == "signing"
            assert all(secret.startswith(("MACOS_", "APPLE_")) for secret in secrets)
        else:
            assert secrets == set()


def test_nothing_is_published_before_all_else_has_succeeded() -> None:
    jobs = jobs_of(RELEASE)
    assert sorted(jobs["publish"]["needs"]) == sorted(set(jobs) - {"publish"})
    assert all(jobs[name]["needs"] == "check" for name in BUILDING)
    assert not any(step.get("continue-on-error") for step in steps_of(RELEASE))
    (command,) = re.findall(r"gh release create.*", RELEASE.read_text(encoding="utf-8"))
    assert "--draft --verify-tag" in command


def test_each_system_installs_and_tests_before_anything_leaves_it() -> None:
    jobs = jobs_of(RELEASE)
    for name in BUILDING:
        steps = jobs[name]["steps"]
        tests = [i for i, step in enumerate(steps) if "smoke_test.py" in step.get("run", "")]
        (upload,) = (i for i, step in enumerate(steps) if "upload-artifact" in str(step))
        assert tests
        assert max(tests) < upload == len(steps) - 1
        # Nothing but the test changes anything behind the build.
        assert all("package" not in step.get("run", "").split() for step in steps[max(tests) :])


def test_all_that_is_built_is_attested() -> None:
    jobs = jobs_of(RELEASE)
    built = [
        each["name"] for name in BUILDING for each in jobs[name]["strategy"]["matrix"]["include"]
    ]
    assert jobs["attest"]["strategy"]["matrix"]["name"] == built
    systems = {name.partition("-")[0] for name in built}
    assert systems == {"linux", "windows", "macos"}
    assert sum(name.endswith(("arm64", "aarch64")) for name in built) == len(systems)
