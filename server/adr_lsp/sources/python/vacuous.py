"""tmp"""


def vacuity(*a):
    return None
