"""Slack: Socket Mode for one workspace, HTTP with OAuth for many."""
