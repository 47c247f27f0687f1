"""Case vignettes of our own with the answers that a careful reader gives, and the score of what litkg reads in them."""
