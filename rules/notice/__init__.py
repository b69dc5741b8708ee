"""A notice becomes a draft of a campaign: by grammar, every fact with the sentence it came from."""

from rules.notice.model import Notice, NoticeForm, Owed, Person, Question
from rules.notice.present import notice_json
from rules.notice.read import read_notice

__all__ = ["Notice", "NoticeForm", "Owed", "Person", "Question", "notice_json", "read_notice"]
