"""Cues of negation and speculation and how far each reaches: models trained on BioScope's abstracts (training/scope), over litkg's own parse."""
