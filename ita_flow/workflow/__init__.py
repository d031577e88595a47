"""The deeds: verbs with an actor and a time. A deed never commits; the door does."""
