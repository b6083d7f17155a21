"""What is read out of an event without asking anyone: agent, traffic source, country."""
