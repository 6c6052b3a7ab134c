"""The one way from a written path to a file never leaves the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.project import Project, followed, locate, read_bytes


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("book/figures/a.png", "book_internal/secret.png"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"x")
    return Project(tmp_path / "book")


@pytest.mark.parametrize("written", ["figures/a.png", "./figures/a.png", "figures/../figures/a.png", "figures%2Fa.png"])
def test_a_path_inside_is_followed(project: Project, written: str) -> None:
    assert locate(project, written, project.root) == (project.root / "figures/a.png", "")


@pytest.mark.parametrize(
    "written",
    [
        "../book_internal/secret.png",
        "%2e%2e/book_internal/secret.png",
        "figures/../../book_internal/secret.png",
        "/etc/passwd",
        "%2Fetc/passwd",
        "//host/share/a.png",
        "\\\\host\\share",
        "figures\\a.png",
        "C:/a.png",
        "file:///etc/passwd",
        "https://example.org/a.png",
        "data:image/png;base64,AA",
        "~/a.png",
        "a\0.png",
        "%00",
        "figures",
        "a" * 5000,
    ],
)
def test_a_path_that_leads_out_is_refused(project: Project, written: str) -> None:
    path, reason = locate(project, written, project.root)
    assert path is None and reason


def test_a_path_is_decoded_once(project: Project) -> None:
    path, _ = locate(project, "%252e%252e/a.png", project.root)
    assert path == project.root / "%2e%2e/a.png"


def test_links_out_and_loops_are_refused_and_links_inside_are_followed(project: Project) -> None:
    (project.root / "out.png").symlink_to(project.root.parent / "book_internal/secret.png")
    (project.root / "loop.png").symlink_to("loop.png")
    (project.root / "in.png").symlink_to("figures/a.png")
    assert followed(project.root / "out.png", project.root)[0] is None
    assert followed(project.root / "loop.png", project.root)[0] is None
    assert locate(project, "in.png", project.root)[0] == project.root / "figures/a.png"


def test_a_pipe_is_never_waited_for(project: Project) -> None:
    os.mkfifo(project.root / "pipe")
    assert followed(project.root / "pipe", project.root)[0] is None
    with pytest.raises(OSError, match="not a file"):
        read_bytes(project.root / "pipe", 10)


@given(st.text(alphabet=st.sampled_from("./%2e\\:~a#?*\0é "), max_size=20))
def test_whatever_is_written_nothing_outside_is_named(written: str) -> None:
    root = Path("/nowhere/book")
    path, reason = locate(Project(root), written, root / "manuscript")
    assert (path is None) == bool(reason)
    assert path is None or path.is_relative_to(root)
