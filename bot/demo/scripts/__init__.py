"""The season's six scripts, one file a campaign: tables of who mails what, when."""

from bot.demo.scripts.cis import CIS
from bot.demo.scripts.national import NATIONAL
from bot.demo.scripts.neimenggu import NEIMENGGU
from bot.demo.scripts.sixian import SIXIAN
from bot.demo.scripts.taiyuan import TAIYUAN
from bot.demo.scripts.xinjiang import XINJIANG

SCRIPTS = (NEIMENGGU, CIS, SIXIAN, TAIYUAN, XINJIANG, NATIONAL)

__all__ = ["SCRIPTS"]
