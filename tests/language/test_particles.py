"""Particles fit the word before them, whatever fills the place."""

import pytest

from crossings.language.particles import fitted


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("1,012만 명은(는)", "1,012만 명은"),
        ("후쿠오카은(는)", "후쿠오카는"),
        ("2026년 8월(으)로", "2026년 8월로"),
        ("2026년 8월과(와)", "2026년 8월과"),
        ("**84%**(으)로", "**84%**로"),
        ("9.2분(으)로", "9.2분으로"),
        ("모형 2.2(으)로", "모형 2.2로"),
        ("모형 2.3(으)로", "모형 2.3으로"),
        ("모형 2.1(으)로", "모형 2.1로"),
        ("1,000을(를)", "1,000을"),
        ("일본정부관광국(JNTO)이(가)", "일본정부관광국(JNTO)이"),
        ("‘출국세’을(를)", "‘출국세’를"),
        ("JNTO은(는), 그리고 KTO을(를)", "JNTO는, 그리고 KTO를"),
        ("Excel(으)로", "Excel로"),
        ("漢字은(는)", "漢字은(는)"),
        ("은(는)", "은(는)"),
    ],
)
def test_particle_fits(written: str, fits: str) -> None:
    assert fitted(written) == fits


def test_a_text_without_pairs_stays() -> None:
    assert fitted("이(十)과 바다(海)는 그대로") == "이(十)과 바다(海)는 그대로"
