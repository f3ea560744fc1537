"""Every benchmark. It stands above all rooms and nothing but the command line imports it, so that editing a bench changes
no result.

What does not belong here: anything that a refresh needs.
"""
