"""Numbers and sums -> certificate, conflicts, suspects, diagnosis, verifiability.

What does not belong here: where a sum comes from (``claims``) and how a table was read (``reading``): a sum is its terms,
and a number its value with its rounding.
"""
