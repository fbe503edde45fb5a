"""Pictures of every screen of a patient's journey, made by walking the demo in a browser."""
