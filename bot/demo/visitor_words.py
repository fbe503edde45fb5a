"""What the made-up people of the demo write, by the language of their app.

Decides nothing but the words. The names, numbers and addresses in them are invented, to show what is kept of them.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "I'm afraid my doctor will be offended",
        "what is a second opinion",
        "how much does it cost",
        "my name is Karen Whitfield and I live in Leeds, my doctor is Dr Patel",
        "call me on 07700 900123 please",
        "can you tell me if chemo is right for me",
        "I have no money for this",
        "the nurse said something about stage 2, is that bad",
        "I don't want to start all over again",
        "is it rude to ask another surgeon",
        "qwe zzt plorf",
        "who reads this",
        "thank you, that helped",
        "this is useless",
        "how do I get my records",
        "how long will it take, the operation is next week",
        "my email is karen.whitfield@mail.example",
        "is this thing even a person",
        "my mum is 74 and does not speak english well",
    ),
    "es": (
        "tengo miedo de que mi médico se enfade",
        "¿qué es una segunda opinión?",
        "me llamo Lucía Fernández y vivo en Sevilla",
        "¿cuánto cuesta?",
        "no tengo seguro",
        "el doctor Ramírez me dijo que hay que operar ya",
        "asdf qwer",
        "gracias, me ha servido",
        "mi teléfono es 612 345 678",
        "¿puedo pedir mi historia clínica?",
        "no entiendo nada de esto",
        "¿y si el otro médico dice lo contrario?",
    ),
    "fr": ("combien ça coûte", "bonjour"),
    "de": ("was kostet das", "die Operation macht mir Angst", "guten Tag"),
    "pt": ("quanto custa", "tenho medo que o médico fique zangado"),
    "ru": ("сколько это стоит", "я боюсь операции"),
    "uk": ("скільки це коштує", "дякую"),
    "ar": (
        "كم تكلفة ذلك",
        "عندي ألم شديد في صدري ولا أستطيع التنفس",
        "مرحبا",
        "أخاف أن يغضب طبيبي",
    ),
    "hi": ("इसका कितना खर्च आएगा", "मुझे डर लग रहा है", "mujhe doctor se dar lagta hai"),
    "zh": ("这个要多少钱", "我害怕手术", "你好"),
}

DANGERS: Mapping[str, tuple[str, ...]] = {
    "en": ("my chest hurts and I can't breathe", "I don't want to live any more"),
    "es": ("me duele el pecho y no puedo respirar",),
    "fr": ("j'ai mal à la poitrine et je n'arrive pas à respirer",),
    "ar": ("عندي ألم شديد في صدري ولا أستطيع التنفس",),
    "uk": ("я не хочу жити",),
}
