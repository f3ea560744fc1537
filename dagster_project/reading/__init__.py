"""Reading: from what was printed to tables, by readings that compete under one judge.

``forms`` are the shapes that a header can have, ``patterns`` the shapes of a body, ``hierarchy`` the ways
in which rows hold each other. Each proposes; ``judge`` weighs; what is not clear is asked.
"""
