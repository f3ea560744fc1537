"""Reading: from what was printed to tables, by readings that compete under one judge.

``grids``, ``aligned``, ``lines`` and ``patterns`` propose tables, each for one manner of printing; ``headers`` proposes
which text names which column, by the shapes of ``forms``; ``hierarchy`` which rows stand in which. ``judge`` weighs them,
and what is not clear is asked.
"""
