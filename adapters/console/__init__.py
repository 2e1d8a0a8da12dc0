"""The terminal: a chat with completion and history, single questions, and answers for machines."""
