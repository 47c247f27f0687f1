"""Writers of extractions in the formats of other tools: PubTator, BioC JSON, brat.

Offsets are those of the input as it was: mentions go back through the source map, and the text is the reader's, not the cleaned one.
"""
