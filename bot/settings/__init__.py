"""What an operator may set, a file for each subject, and how it is read."""

from bot.settings.accounts import Account
from bot.settings.load import FILE_NAME, load_settings
from bot.settings.mistakes import SettingsError
from bot.settings.servers import Server
from bot.settings.settings import Settings

__all__ = ["FILE_NAME", "Account", "Server", "Settings", "SettingsError", "load_settings"]
