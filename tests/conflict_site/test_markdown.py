"""Our own texts as HTML: the same for every thread of a worker, from the first one on."""

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import reload
from threading import Barrier

import pytest

from conflict_site.base import markdown

THREADS, ROUNDS = 4, 150
TEXT = "## Title\n\n*A* **b** [c](https://d.example)\n\n* x\n* y\n"
HTML = (
    "<h2>Title</h2>\n"
    '<p><em>A</em> <strong>b</strong> <a href="https://d.example" rel="noopener noreferrer">c</a></p>\n'
    "<ul>\n<li>x</li>\n<li>y</li>\n</ul>\n"
)


@pytest.fixture
def quick_switches():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_emphasis_links_and_lists_are_kept_and_raw_html_is_shown_as_text():
    assert markdown.to_html(TEXT) == HTML
    assert markdown.to_html("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_threads_that_write_the_first_texts_of_a_process_write_them_whole(quick_switches):
    start = Barrier(THREADS)

    def write(_):
        start.wait(10)
        return markdown.to_html(TEXT)

    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(ROUNDS):
            reload(markdown)  # as in a process that has just begun
            assert list(pool.map(write, range(THREADS))) == [HTML] * THREADS
