"""From tables to the sums that they claim: by structure and labels, with the conventions that words leave open.

``derivation`` gives every question with its possible answers, ``conventions`` settles a document, ``witnesses`` pairs two
publications of one table, ``text_claims`` holds running text beside the figures. What does not belong here: whether all
sums together can hold, and which number is wrong (``proof``).
"""
