"""Which year a page opens with: what is worked on comes before what is only a draft."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ita_flow.queries.years import KnownYears


@pytest.mark.parametrize(
    ("this_year", "in_force", "drafts", "shown"),
    [
        (2567, [2567, 2566], [], 2567),
        (2567, [2567], [2568], 2567),
        (2569, [2567], [2568], 2567),
        (2568, [2567], [2568], 2567),
        (2568, [], [2568, 2567], 2568),
        (2569, [], [2568, 2567], 2568),
        (2569, [], [], 2569),
    ],
)
def test_a_page_opens_with(this_year: int, in_force: Sequence[int], drafts: Sequence[int], shown: int) -> None:
    planned = sorted([*in_force, *drafts], reverse=True)

    assert KnownYears(planned, in_force, ()).opening(this_year) == shown
