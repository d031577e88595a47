"""The command ``ita-flow``."""
