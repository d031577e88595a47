"""From numbered lines to the nouns of a plan: assessment, findings, areas, measures, limitations."""
