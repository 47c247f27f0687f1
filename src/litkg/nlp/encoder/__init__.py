"""The encoder that trained models share: words, and marks on them, in; a state a word out."""
