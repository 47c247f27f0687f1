"""How the model of pairs is made: data, training, evaluation, packaging."""
