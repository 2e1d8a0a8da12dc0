"""Where people talk: each adapter translates between a platform and the bot, and decides nothing about careers."""
