"""What can be wrong with the content, one file a part of it; `knowledge.check` runs them all."""
