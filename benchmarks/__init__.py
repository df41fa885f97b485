"""Speed, memory and size of the app, measured side by side with a blank page of the same kind."""
