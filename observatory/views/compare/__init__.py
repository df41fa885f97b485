"""Two to six economies side by side."""
