"""The career knowledge base: models, build, checks, importers and the facade. It knows nothing of chat."""
