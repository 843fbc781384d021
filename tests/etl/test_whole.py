"""A file replaced in one step: the new one whole, or the old one untouched and no draft left."""

import os
from pathlib import Path

import pytest

from crossings.whole import put_aside, replace_file


def test_a_file_is_replaced_and_its_folder_made(tmp_path: Path) -> None:
    place = tmp_path / "own" / "kept.json"
    for text in ("첫째\n", "둘째\r\n"):
        replace_file(place, text)
        assert place.read_bytes() == text.encode()
    assert list(place.parent.iterdir()) == [place]


def test_a_full_disk_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kept.json"
    replace_file(place, "old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(place, "new")
    assert place.read_text() == "old"
    assert list(tmp_path.iterdir()) == [place]


def test_what_was_put_aside_earlier_is_never_replaced(tmp_path: Path) -> None:
    place = tmp_path / "kept.json"
    for text in ("first", "second"):
        place.write_text(text)
        put_aside(place)
    (tmp_path / "kept.damaged-1.json").unlink()
    for text in ("third", "fourth"):
        place.write_text(text)
        put_aside(place)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"second", "third", "fourth"}
