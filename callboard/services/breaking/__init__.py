"""Breaks: proposed by the detector, approved by a person with a reason, withdrawn, listed."""
