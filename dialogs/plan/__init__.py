"""The personal second-opinion plan: made of answers, reviewed sentences and the directory. Data, not a file."""
