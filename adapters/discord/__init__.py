"""Careerbot on Discord: events in, Components V2 messages out. The only package that knows discord.py."""
