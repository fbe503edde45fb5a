"""What somebody may want with a text: the closed list of intents.

Decides their names only. What they mean to the people who write example phrases stands beside each; where each leads is
the table `dialogs/leads.yaml`.
"""

from __future__ import annotations

from enum import StrEnum


class Intent(StrEnum):
    """One thing a text may be about, ask for or answer."""

    # questions about second opinions
    WHAT = "what"  # what a second opinion is
    WHY = "why"  # what it is good for, whether it is worth it
    WHEN = "when"  # in which situations, how early or late
    HOW = "how"  # the steps
    FIND_DOCTOR = "find_doctor"  # which doctor, where
    COST = "cost"  # the price
    INSURANCE = "insurance"  # whether insurance or the public system pays
    DURATION = "duration"  # how long it takes until the answer
    DELAY_RISK = "delay_risk"  # whether waiting is dangerous
    OFFEND = "offend"  # whether the doctor will be hurt
    TELL_DOCTOR = "tell_doctor"  # how to tell the doctor
    RECORDS = "records"  # which papers, how to get them
    DISAGREE = "disagree"  # the doctors say different things
    QUESTIONS = "questions"  # what to ask the doctor
    TELEMEDICINE = "telemedicine"  # by video, by phone, from home
    FINANCIAL_AID = "financial_aid"  # I cannot pay
    RIGHTS = "rights"  # am I allowed, may they refuse
    DISTANCE = "distance"  # far away, abroad
    INTERPRETER = "interpreter"  # the language of the doctor or of the papers
    FOR_RELATIVE = "for_relative"  # for a parent, child, partner
    SURGERY = "surgery"  # an operation: is it needed
    CANCER = "cancer"  # cancer: ask another doctor?
    RETEST = "retest"  # must tests be repeated
    ERROR_RATES = "error_rates"  # how often doctors err
    AI_GOOGLE = "ai_google"  # a chatbot or the internet instead
    AFTER = "after"  # what happens next
    PRIVACY = "privacy"  # who sees this
    RARE_NODX = "rare_nodx"  # nobody finds what it is
    MEDICATION = "medication"  # another look at the medicines
    # barriers and feelings
    FEAR = "fear"  # afraid of the news or of going
    TRUST_DOCTOR = "trust_doctor"  # I trust mine and need no other
    NO_TIME = "no_time"  # no time, too much trouble
    DISTRESS = "distress"  # sad, overwhelmed, alone; no danger
    # the person's own case
    ASK_DIAGNOSIS = "ask_diagnosis"  # a medical decision is asked of the assistant
    TELL_SITUATION = "tell_situation"  # a diagnosis or a proposal is told
    MAKE_LIST = "make_list"  # wants to write down worries, prepare the visit
    SHOW_SUMMARY = "show_summary"  # wants to see what was collected
    EDIT_ANSWER = "edit_answer"  # wants to change an answer
    # commands
    START = "start"  # begin, ready
    STOP = "stop"  # leave, unsubscribe
    HELP = "help"  # what can you do
    MENU = "menu"  # all topics
    BACK = "back"  # one step back
    SKIP = "skip"  # rather not say
    RESTART = "restart"  # from the beginning
    LANGUAGE = "language"  # another language
    DELETE_DATA = "delete_data"  # erase everything
    REPEAT = "repeat"  # say that again
    HUMAN = "human"  # a real person
    REMIND = "remind"  # later
    SIMPLER = "simpler"  # I do not understand you
    MORE = "more"  # go on, details
    SOURCES = "sources"  # where is this from
    SHARE = "share"  # send it to somebody
    # small talk and answers
    GREET = "greet"
    THANKS = "thanks"
    BYE = "bye"
    WHO_ARE_YOU = "who_are_you"
    COMPLAIN = "complain"  # useless, an insult, "I said that already"
    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    OOS = "oos"  # anything else: the honest answer is "I did not understand"
