"""The console: where staff read what people said, without learning who."""
