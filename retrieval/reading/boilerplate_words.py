"""The forms that boilerplate takes in news texts, as patterns; where they count is for `boilerplate` to say.

Every pattern is matched against one paragraph on one line, without the white space around it.
"""

from __future__ import annotations

import re


def _whole(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"[\W_]{0,6}(?:" + "|".join(alternatives) + r")[\W_]{0,6}", re.IGNORECASE)


def _start(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"[\W_]{0,6}?(?:" + "|".join(alternatives) + r")", re.IGNORECASE)


LABEL = _whole(
    # advertisement
    r"(?:advertisements?|advertorial|sponsored(?: content)?|paid (?:post|content)|promoted|advertising)",
    r"(?:article|story) continues (?:below|after)(?: (?:this|the))?(?: ?(?:advertisement|ad|video|promotion|newsletter"
    r"(?: promotion)?))?",
    r"continue reading(?: (?:the|this) (?:main )?(?:story|article)| below)?|skip (?:to (?:main )?content|past .{1,40}"
    r"|ad(?:vertisement)?|advert)",
    r"(?:report|close|hide) (?:this )?ad(?:vert(?:isement)?)?",
    # further reading
    r"(?:read|see|view|show|load|learn|find out) (?:more|all|next|full (?:article|story)|the full (?:article|story))"
    r"(?: (?:here|stories|articles|comments|below))?",
    r"(?:more )?related(?: (?:articles?|stories|story|content|coverage|links?|topics?|posts?|news|video|reading))?",
    r"(?:most (?:read|popular|viewed|shared|commented)|trending(?: now)?|recommended(?: (?:stories|articles|reading|for"
    r" you))?|editors?[’']?s? picks?|you (?:may|might) (?:also )?(?:like|be interested in)|more (?:stories|news|like"
    r" this|on this (?:story|topic)|from (?:this|our) (?:section|author|site|newsroom))|up next|what to read next|top"
    r" stories|latest (?:news|stories)|further reading|topics?(?: in this (?:story|article))?|around the web|from the"
    r" web)",
    # talk and tools
    r"share|(?:re)?tweet",
    r"(?:share|save|print|email) (?:this|the)? ?(?:article|story|page|post)(?: (?:with|on|via) .{1,40})?",
    r"(?:post|leave|add|write|view|show|hide|join|see|read) (?:a |your |the |all )?(?:comments?|conversation|reply)"
    r"(?: \(?\d+\)?)?|comments?(?: \(?\d+\)?)|\d+ comments?|comments? (?:are )?(?:closed|off|disabled|policy)",
    r"(?:log|sign) ?(?:in|out|up)(?: or (?:register|subscribe|sign up))?(?: (?:now|here|today))?|register (?:now|here)"
    r"|subscribe(?: (?:now|here|today))?|already (?:a subscriber|registered|have an account)\?(?: (?:log|sign) in.?)?",
    r"\d{1,3}[- ]min(?:ute)?s?(?:[- ]read)?|reading time:? .{1,20}|listen(?: to this (?:article|story))?(?: ?[(·|-]?"
    r" ?\d.{0,12})?|play (?:video|audio)|watch (?:live|now|video)|(?:hide|show) caption|toggle caption"
    r"|enlarge(?: this)?"
    r"(?: image)?|view (?:gallery|image|photos?)|(?:slideshow|gallery)(?: \(?\d.{0,12})?",
    r"(?:last |first |originally )?(?:updated|modified|published|posted):?(?: (?:on|at|,|\||·|-|–"
    r"|\d{1,4}(?:st|nd|rd|th)?,?"
    r"|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?,?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?|[ap]\.?m\.?|[a-z]{1,3}t|gmt|utc|\d{4}-\d\d-\d\d"
    r"|\d{1,3} ?(?:min|minutes?|h|hours?|days?) ago)){1,9}",
    r"getty(?: images)?|(?:file|stock) (?:photo|image|picture)|image (?:source|copyright|caption)",
    r"all rights reserved|terms (?:of (?:use|service)|and conditions)|privacy policy|cookie policy",
    r"follow us(?: on .{1,60})?|(?:join|find|like) us on .{1,60}|get the app|download (?:the|our) app",
)
"""A paragraph that is nothing but a label, a button or a heading of the page."""

LIST_HEADING = _whole(
    r"(?:more )?related (?:articles?|stories|content|coverage|links?|posts?|news|reading)|most (?:read|popular|viewed)"
    r"|recommended(?: (?:stories|articles|reading|for you))?|you (?:may|might) (?:also )?(?:like|be interested in)"
    r"|more (?:stories|like this|on this (?:story|topic)|from .{1,40})|what to read next|further reading"
    r"|trending(?: now)?"
    r"|read (?:more|next|also)|see also|top stories|latest (?:news|stories)|editors?[’']?s? picks?|related"
)
"""A heading below which a list of other articles stands."""

POINTER = _start(
    r"(?:read|see) (?:more|also|next|this next)\s?(?::|»|>|→|–|—|- )",
    r"(?:also|now) (?:read|see|watch|on .{1,30}?)\s?(?::|»|>|→)",
    r"(?:related|recommended|see also|further reading|more (?:on this|from .{1,40}?|coverage)|don[’']t miss|must read"
    r"|you may also like|up next|in pictures|in depth)\s?(?::|»|>|→|\|)",
    r"read (?:the full (?:story|article|report|interview)|more)(?: (?:on|about|from|at|of) [^.]{1,80})? (?:here"
    r"|at [\w.]+"
    r"\.[a-z]{2,4}\S*)\b",
    r"(?:click|tap) (?:here|below|on the link|the link|through)\b",
    r"follow .{1,60} on (?:twitter|x|facebook|instagram|tiktok|threads|bluesky|mastodon|linkedin|youtube)\b",
    r"for (?:more|the latest)(?: [\w’'-]+){0,6}, (?:click|tap|visit|go to|follow|subscribe|sign up|download"
    r"|check out)\b",
)
"""A paragraph that sends the reader to another text."""

GENRE_POINTER = re.compile(r"[\W_]{0,6}(?:opinion|analysis|explainer|commentary|editorial)\s?:[^.]+", re.IGNORECASE)
"""The headline of another text, behind its genre; a headline is no sentence."""

SHOUTED_POINTER = re.compile(
    r"[\W_]{0,6}(?:READ|WATCH|MORE|LISTEN|SEE|RELATED|VIDEO|PHOTOS|OPINION|ALSO)\s?(?::|»|>|\|)"
)

SHARE_WORD = re.compile(
    r"share[ds]?|tweet|retweet|post|pin(?: it)?|like|follow|save|print|e-?mail|copy(?: link)?|link|send|bookmark"
    r"|comments?"
    r"|facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram|messenger|instagram|threads|bluesky"
    r"|mastodon|tumblr"
    r"|flipboard|pocket|snapchat|youtube|tiktok|wechat|weibo|line|viber|sms|google\+?|rss|feed|us|on|to|via|by"
    r"|with|this"
    r"|article|story|page|the|a|in|and|or|new|window|opens|click|icon|button|more|options|close|\d{1,6}k?",
    re.IGNORECASE,
)
NETWORK = re.compile(
    r"\b(?:facebook|twitter|linkedin|whatsapp|reddit|pinterest|telegram|messenger|instagram|bluesky|mastodon|flipboard"
    r"|tweet|e-?mail|print|copy link)\b",
    re.IGNORECASE,
)

NOTICE = _start(
    r"(?:©|\(c\)|&copy;|copyright)\s{0,2}(?:©|\(c\))?\s{0,2}(?:by )?(?:19|20)\d\d\b",
    r"(?:©|copyright ©|copyright \(c\))\s?\S",
    r"(?:all rights reserved\b|this (?:material|content|article|story) may not be (?:published|reproduced|copied))",
    r"(?:this|our) (?:site|website|page) (?:uses|use) cookies\b|we (?:and our partners )?use cookies\b"
    r"|by (?:continuing to"
    r" (?:use|browse)|using) (?:this|our) (?:site|website)\b|(?:please )?(?:accept|enable|allow) (?:all )?(?:cookies"
    r"|javascript)\b",
    r"by (?:signing up|subscribing|registering|clicking|submitting|entering|providing)[^.]{0,80}\byou (?:agree|accept"
    r"|consent|acknowledge|will receive|confirm)",
    r"you (?:can|may) (?:unsubscribe|opt out|cancel|change your preferences) (?:at )?any ?time",
    r"(?:this|the) (?:story|article|post|report|page|live blog|piece) (?:has been|was|is being"
    r"|will be) (?:last )?updated"
    r"\b|(?:this is a )?(?:developing|breaking)(?: news)? story\b.{0,80}\b(?:updat|refresh|check back)",
    r"(?:sign up|log ?in|sign in|register|subscribe)(?: (?:now|here|today|for free))? to (?:(?:continue"
    r"|keep) reading|read"
    r" (?:the full|this|more|on)|comment|leave a comment|post|view|unlock|access)\b",
    r"to (?:(?:continue|keep) reading|read (?:the full|this) (?:story|article)|comment)\b.{0,60}\b(?:subscri"
    r"|log ?in|sign"
    r" (?:in|up)|regist)",
    r"(?:please )?(?:enter|type|submit) your e-?mail\b|(?:an )?e-?mail (?:address )?(?:is )?required\b|thank(?:s"
    r"| you) for"
    r" (?:signing up|subscribing|registering|reading)\b|please (?:verify|check) your (?:e-?mail|inbox)\b",
    r"(?:got|have) (?:a (?:news |story |confidential )?(?:tip|story|question|comment)|something to say"
    r"|an opinion)\b.{0,60}"
    r"\?",
    r"(?:follow|contact|reach|email) (?:us|me|the (?:author|reporter|writer|newsroom))\b.{0,20}\b(?:at|on|by|via)\b",
    r"our standards?:",
    r"(?:the )?(?:views|opinions)(?: and (?:views|opinions))?(?: expressed)?(?: (?:here|in this (?:article|column"
    r"|piece)))?"
    r" (?:are|do not) [^.]{0,60}\b(?:author|writer|own|reflect|represent)",
    r"(?:this (?:article|story|video|content) (?:was (?:originally|first) (?:published|posted)|is (?:part of"
    r"|republished|"
    r"sponsored)|(?:originally|first) appeared))\b",
    r"(?:your browser|javascript) (?:does not|is (?:disabled|required)|must be)",
)
"""A paragraph about the page, its terms or its reader's account."""

ARROW = re.compile(r"[^.!?]{1,120}(?:>|»|→|›)+")
"""A link by the arrow behind it."""

DIVIDER = re.compile(r"[-_*=~•·—–#\s]+|<!--[^<>]{0,200}-->|!\[[^\[\]]{0,200}\]\([^()]{0,300}\)")
"""A line without words: a rule, a comment of Markdown, a picture."""

PROMPT = re.compile(
    r"\b(?:sign up|subscribe|register)(?: (?:to|for) [^.!?]{1,60}?)? (?:here|now|today|below)\W*$"
    r"|\bconsider (?:supporting (?:us|our|local|independent|quality)|subscribing"
    r"|an? (?:\w+ )?(?:subscription|membership)|becoming an? (?:[\w-]+ ){0,3}(?:subscriber|member|supporter))\b"
    r"|\b(?:earn|receive|get|make)s?(?: us)? an? (?:\w+ )?commission\b",
    re.IGNORECASE,
)
"""What the reader is to do, or what it earns the publisher, in the last words of a paragraph that led up to it."""

PLACE_ALONE = re.compile(r"[A-Z][^\d.!?]{1,60}\s?[—–]|[A-Z][^\d.!?]{1,60} -")
"""The place and agency of a dateline on a line of their own ("PORT MARL, Agency —")."""

CREDIT = _start(
    r"(?:photo(?:graph|graphs|graphy|s)?|picture|pictures|image|images|illustration|graphic|video)"
    r"(?: (?:by|credit|courtesy(?: of)?|source|copyright|via))?\s?:",
    r"(?:photo|photograph|image|picture|illustration)s? (?:by|courtesy of|via|©)\s",
    r"image (?:source|caption|copyright),",
    r"(?:file (?:photo|image|picture)|caption)\s?:",
)
_AGENCY = (
    r"(?:Getty|Reuters|REUTERS|AFP|AP|EPA|PA|Pool|POOL|Shutterstock|Alamy|Bloomberg"
    r"|[A-Z][\w-]{1,20} (?:Images|IMAGES|Press|Photos?|Pictures))"
)
_WORD = r"[\w.’'-]{1,25}"
_WORDS = rf"{_WORD}(?: {_WORD}){{0,4}}"
_PERSON_AND_AGENCY = rf"[A-Z]{_WORDS} ?(?:/|[|]) ?(?:{_WORDS}/){{0,3}}(?:{_WORD} ){{0,3}}{_AGENCY}\b[\w ./-]{{0,30}}"
_PHOTO = r"(?i:(?:[\w-]{1,20} )?(?:photo|image|picture)s?(?:(?: by| courtesy|:|/)[^()]{1,80})?)"
AGENCY_PHOTO = re.compile(rf"(?:\((?:{_PERSON_AND_AGENCY}|{_PHOTO})\)|\b{_PERSON_AND_AGENCY})\.?$")
"""A picture's credit at the end of a paragraph ("… on Monday. Ann Lee/Agency Images")."""

CORRECTION = re.compile(
    r"\b(?:correct(?:s|ed|ion|ions|ing|ly)?|incorrect(?:ly)?|misstated|misspelled|misidentified|misattributed|misquoted"
    r"|clarif(?:y|ies|ied|ication)|retract(?:s|ed|ion)?|erroneous(?:ly)?|in error|earlier version|previous version)\b",
    re.IGNORECASE,
)
"""A correction states facts, and stays."""

CREW = re.compile(
    r"[\W_]{0,4}(?:(?:additional |further )?(?:reporting|writing|editing|research|graphics|production) (?:by|from)"
    r"|(?:written|edited|compiled|produced|reported) by|with (?:reporting|files|contributions) (?:by|from)"
    r"|with (?:agency|agencies|wire) (?:inputs?|reports?)|contributing(?=\s?:))\b",
    re.IGNORECASE,
)
CREW_WORD = re.compile(
    r"(?:additional|further|reporting|writing|editing|research|graphics|production|written|edited|compiled|produced"
    r"|reported|with|files|contributions|by|from|in|at|and|for|of|the|the|de|van|von|der|den|al|el|bin|da|di|la|le|du"
    r"|newsroom|bureau|bureaux|staff|agencies|agency|wire|inputs?|reports?|contributed|contributing|special|to"
    r"|this|report|story|&|-|–|—)",
    re.IGNORECASE,
)
CONTRIBUTED = re.compile(r"[^“”\"]{3,160}\bcontributed (?:to this|reporting)\b[^“”\"]{0,60}")

# -- appeals ------------------------------------------------------------------------------------------

IMPERATIVE = _start(
    r"(?:please )?(?:consider )?(?:an? (?:subscription|donation|membership|gift|contribution)|subscrib(?:e|ing)"
    r"|sign(?:ing)? up|donat(?:e|ing)|support(?:ing)?|becom(?:e|ing) an?"
    r"|join(?:ing)?|get|follow(?:ing)?|download(?:ing)?|help|register|receive|stay|never miss|don[’']t miss|keep up"
    r"|click|tap|try|start|unlock|enjoy|make|give|contribut(?:e|ing)|pledge|renew|upgrade|activate|listen to|like|share"
    r"|want|love|like what|enjoying|do you|are you|if you|ready|sign|thanks?|thank you|help us|discover)\b",
)
COMMAND = _start(
    r"(?:please )?(?:consider )?(?:an? (?:subscription|donation|membership|gift|contribution)|subscrib(?:e|ing)"
    r"|sign(?:ing)? up|donat(?:e|ing)|support(?:ing)?|becom(?:e|ing) an?"
    r"|contribut(?:e|ing)|join|get|keep|stay|like|love|enjoy|want)\b",
)
"""What an appeal that names no "us" begins with ("Support local journalism")."""

PRODUCT = re.compile(
    r"\b(?:newsletters?|inbox|e-?mail (?:alerts?|updates?|briefings?)|(?:daily|morning|evening"
    r"|weekly) (?:briefing|digest"
    r"|newsletter|email|update|headlines)|alerts|subscriptions?|subscribers?|membership|members?|podcast|app|push"
    r" notifications|journalism|reporting|newsroom|unlimited access|digital access|full access|free trial|account"
    r"|offers?"
    r"|coverage|stories|headlines|news(?! conference)|facebook|twitter|instagram|telegram|whatsapp|youtube|channel)\b",
    re.IGNORECASE,
)
ACTION = re.compile(
    r"\b(?:subscrib(?:e|ing)|subscriptions?|sign(?:ing)? up|donat(?:e|ing|ions?)|support(?:ing)?|contribut(?:e"
    r"|ing|ions?)"
    r"|becom(?:e|ing) an? (?:\w+ )?(?:member|subscriber|supporter|patron)|chip(?:ping)? in)\b",
    re.IGNORECASE,
)
SUBSCRIBE = re.compile(
    r"\b(?:subscrib(?:e|ing)|subscriptions?|becom(?:e|ing) an? (?:\w+ )?subscriber)\b", re.IGNORECASE
)
PUBLISHER = re.compile(
    r"\b(?:stor(?:y|ies)|news|facts|truth|coverage|reporting|reporters?|journalis(?:m|ts?)|newsrooms?|readers?"
    r"|articles?"
    r"|newsletters?|inbox|newspaper|magazine|paper|edition|paywall|ad-free|podcast|app|alerts)\b",
    re.IGNORECASE,
)
YOU = re.compile(r"\b(?:you|your|yours|you[’'](?:re|ll|ve|d)|readers like you)\b", re.IGNORECASE)
US = re.compile(r"\b(?:us|[Oo]urs?|[Ww]e|[Ww]e[’'](?:re|ll|ve|d))\b")  # "US" is a country
ADDRESSED = re.compile(rf"{YOU.pattern}|(?-i:{US.pattern})|\b(?:newsletters?|inbox|subscribers?)\b", re.IGNORECASE)
VALUE = re.compile(
    r"\b(?:quality|independent|trusted|trustworthy|reliable|honest|fearless|fact-based|in-depth|local|public-interest"
    r"|nonprofit|non-profit|ad-free|reader-(?:funded|supported)|free|open|rigorous|accurate|factual|investigative)\b",
    re.IGNORECASE,
)
JOURNALISM = re.compile(
    r"\b(?:journalism|journalists?|reporting|newsrooms?|reporters|the press|free press|news media"
    r"|news organi[sz]ations?)\b",
    re.IGNORECASE,
)
STAKES = re.compile(
    r"\b(?:more (?:than ever|important|crucial|vital|essential)|than ever|crucial|vital|essential|matters?|important"
    r"|needed|depends? on|relies on|misinformation|disinformation|fake news|paywalls?|at risk|under threat|costs? money"
    r"|expensive|takes time|never been|impossible without|possible)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[“”\"«»„]")
ATTRIBUTED = re.compile(
    r"\b(?:said|says|told|according to|added|adds|argued|argues|wrote|writes|announced|urged|warned|explained|noted"
    r"|reported that|claimed|asked|testified|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)

# "More on the strike:Workers vote to end it": a link to another article; label and headline lost the space between.
LABELLED_HEADLINE = re.compile(
    r"(?=[^:]*[a-z])(?!\S*://)[^:.!?\n]{3,70}[^\W\d_][’'”\"?!]?:(?=[“\"‘']?[A-Z])(?:\S+\s+){3,}\S*[^\s.!?”\"…:;,]"
)
