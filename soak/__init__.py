"""What is promised of the site, tried on both engines, each trial with a control that must fail.

    python -m soak [ROW ...] [--engines sqlite postgresql] [--write]

``rows`` lists the promises. Those that tests try already are tried by them; the control runs the same tests with what
they guard taken away (``mutants``). The others are measured here, against servers started as in production
(``places``): ``wire`` sends requests, ``writing`` measures who waits for whom, ``lasting`` kills, fills and copies,
``browser`` looks at pages.
"""
