"""The front end: an author's text becomes a `Plan`, or diagnostics.

Document (text with positions) → spec (shape) → plan (checked, in evaluation order).
"""
