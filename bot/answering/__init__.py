"""What the intents' answers are made of: titles, sections, pay, links, sources and the questions to ask next."""
