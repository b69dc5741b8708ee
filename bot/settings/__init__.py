"""What an operator may set, a file for each subject, and how it is read."""

from bot.settings.accounts import Account
from bot.settings.load import FILE_NAME, files_with_secrets, load_settings
from bot.settings.mistakes import SettingsError
from bot.settings.servers import Server
from bot.settings.settings import Settings

__all__ = [
    "FILE_NAME",
    "Account",
    "Server",
    "Settings",
    "SettingsError",
    "files_with_secrets",
    "load_settings",
]
