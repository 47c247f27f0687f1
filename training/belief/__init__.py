"""How far a piece of evidence is to be believed, learned from corpora with relations: `make -C training belief`."""
