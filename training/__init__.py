"""How litkg's own models are made: data, training, measurement. Nothing here is part of the installed package."""
