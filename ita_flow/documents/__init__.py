"""Documents that leave the house: what they say is handed to them, how they look is decided here."""
