"""Scores of what litkg finds against what a careful reader found: claims, mentions and links."""
