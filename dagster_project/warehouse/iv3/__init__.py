"""Iv3: the figures that every municipality delivers to Statistics Netherlands (CBS), as files under raw/.

What does not belong here: documents (``landing``), and what the figures mean in euros (dbt).
"""
