"""Word pieces, their features, and the windows they are read in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.pieces import LENGTH, STRIDE, Pieces, pieces, quoted, windows


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_pieces_lie_in_order_inside_the_text(text):
    cut = pieces(text)
    assert len(cut.ids) == len(cut.spans) == len(cut.features)
    last = 0
    for start, end in cut.spans:
        assert last <= start <= end <= len(text)
        last = start


@given(st.lists(st.booleans(), max_size=3000))
def test_windows_cover_every_piece_and_overlap(opens):
    cut = Pieces([0] * len(opens), [(at, at + 1) for at in range(len(opens))], [int(line) for line in opens])
    found = list(windows(cut))
    assert {at for start, end in found for at in range(start, end)} == set(range(len(opens)))
    assert all(end - start <= LENGTH for start, end in found)
    assert all(before[1] > after[0] for before, after in zip(found, found[1:], strict=False))


def test_a_window_begins_with_a_line_where_one_is_near():
    features = [int(at in (200, 215)) for at in range(600)]
    starts = [start for start, _ in windows(Pieces([0] * 600, [(at, at + 1) for at in range(600)], features))]
    assert starts == [0, 215, 215 + STRIDE]


def test_quotation_marks_of_every_kind_and_one_left_open():
    text = 'He said "yes" and “no”.\n"It goes on\nHe left.'
    inside = quoted(text)
    assert [text[at] for at in range(len(text)) if inside[at]] == list('"yes"“no”"It goes on')


def test_features_tell_case_quotation_and_line():
    text = 'Moscow says\n"NATO 1949"'
    cut = pieces(text)
    by_word = {text[a:b]: feature for (a, b), feature in zip(cut.spans, cut.features, strict=True)}
    assert by_word["Moscow"] == 1 * 4 + 1
    assert by_word["says"] == 0
    assert by_word["NATO"] == 2 * 4 + 2
    assert by_word["1949"] == 3 * 4 + 2
