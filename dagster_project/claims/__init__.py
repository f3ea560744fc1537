"""From tables to the sums that they claim: by structure and labels, with the conventions that words leave open.

All sums of one document come through one door, ``derivation``. What ties documents together has doors of its own:
``witnesses`` pairs two publications of one table, ``cross_source`` a document and the Iv3 of its gemeente, ``text_claims``
running text and figures. What does not belong here: whether all sums together can hold, and which number is wrong
(``proof``).
"""
