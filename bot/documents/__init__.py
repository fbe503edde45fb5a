"""The plan on paper, and the sign to hold up: PDF and PNG, made in memory when they are sent."""
