"""Language: cleaning, the spaCy pipeline, relations and case reports."""
