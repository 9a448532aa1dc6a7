"""What is promised of the site, tried on both engines, each trial with a control that must fail.

    python -m soak [ROW ...] [--engine sqlite|postgresql] [--write]

``rows`` lists the promises. Those that tests try already are tried by them; the control runs the same tests with what
they guard taken away. The others are measured here, against servers started as in production.
``doors`` prints more figures of logins, locks and writers.
"""
