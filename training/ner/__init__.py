"""Named entities: data from the corpora, the models, their scores."""
