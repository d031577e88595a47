"""The readings: every list that a page shows, with its loading declared."""
