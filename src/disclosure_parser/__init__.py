"""Typed records from Chinese budget and final-accounts disclosures."""
