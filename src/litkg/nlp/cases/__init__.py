"""What a paper tells of one patient's drug and adverse event: sentences as typed patterns, suspicions, exclusions, criteria."""
