"""What a turn costs, as ratios to floors measured in the same run."""
