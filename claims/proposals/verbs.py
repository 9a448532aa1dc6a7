"""The verbs by which words are reported, and what a speaker does by them. Pure; one list for every speaker."""

import re

from claims.models import Act

# Reporting verbs, by the act that they name. Of one that stands under two acts, the first counts.
REPORTING = {
    Act.DENIES: "denied denies deny denying dismissed dismisses",
    Act.DEMANDS: "demanded demands demand demanding insisted insists insist insisting required requires",
    Act.PROMISES: "promised promises promise pledged pledges pledge vowed vows guaranteed guarantees assured assures",
    Act.THREATENS: "threatened threatens threaten threatening",
    Act.PREDICTS: "predicted predicts predict forecast foresees expects warned warns",
    Act.ASKS: "asked asks ask asking urged urges urge urging called calls appealed appeals requested requests request"
    " pressed begged",
    Act.CONCEDES: "admitted admits admit conceded concedes acknowledged acknowledges acknowledge acknowledging",
    Act.ANNOUNCES: "announced announces announce announcing declared declares unveiled decided",
    Act.REFUSES: "refused refuses refuse refusing declined declines rejected rejects ruled",
    Act.OFFERS: "offered offers offer offering proposed proposes propose proposing suggested suggests suggest signaled"
    " signalled hinted hinting signaling volunteered",
    Act.EVALUATES: "believes believed believe thinks thought considers considered considering regards regarded judged"
    " judges sees described describes praised criticised criticized condemned welcomed infers argues contends warns",
    Act.ASSERTS: "said says say saying told tells tell telling stated states noted notes note confirmed confirms added"
    " adds stressed stresses emphasised emphasized underlined maintained maintains reported reports explained explains"
    " explaining claimed claims recalled remarked reiterated reaffirmed answered replied wrote writes reads"
    " advocated voiced сказав сказала заявив заявила зазначив наголосив повідомив додав сказал сказала заявил заявила"
    " отметил сообщил подчеркнул добавил",
}
ACT_OF = {verb: act for act in reversed(REPORTING) for verb in REPORTING[act].split()}
CUE = re.compile(rf"\b({'|'.join(sorted(ACT_OF, key=len, reverse=True))})\b")

# What a speaker does in words of their own, by the first of these that they hold.
OWN = (
    (Act.ASKS, r"\?[”\"»’]?$|\b(?:I|we) (?:ask|urge|call (?:on|upon|for)|appeal)\b|\bcall(?:ed)? for\b|\bplease\b"),
    (Act.THREATENS, r"\bconsequences\b.*\bwill\b|\bwill (?:pay|respond)\b|\bif\b.*\b(?:then|we will|we’ll|would)\b"),
    (Act.REFUSES, r"\b(?:won’t|cannot|can’t|(?:will|shall|do) (?:not|never)) (?:agree|accept|allow|give up|surrender|"
                  r"recogni[sz]e|negotiate|talk)\b|\bnot going to\b|\brefuse"),
    (Act.OFFERS, r"\b(?:ready|prepared|willing|open) (?:to|for)\b|\b(?:propose|proposal|suggest|offer|willingness)\b"),
    (Act.DEMANDS, r"\b(?:must|should|demand|require|insist)\b"),
    (Act.PROMISES, r"\b(?:we|I)(?:’ll|'ll| will| shall) (?!not\b)|\bcommit(?:ted|ment)\b|\bfor as long as\b|"
                   r"\bwill continue\b"),
    (Act.ANNOUNCES, r"\btoday\b.*\b(?:I|we)\b|\b(?:have|has) (?:decided|agreed|determined|approved|signed)\b|"
                    r"\bannounc|\bwe decided\b"),
    (Act.PREDICTS, r"\b(?:will|won’t|is going to|are going to)\b"),
    (Act.EVALUATES, r"\b(?:I think|I believe|we believe|in my (?:view|opinion)|best|worst|better|important|good|bad|"
                    r"great|impossible|possible|success|failure|mistake|wrong|right|dangerous|unacceptable)\b"),
    (Act.DENIES, r"\b(?:never|not true|nothing of the kind|did not|didn’t)\b"),
    (Act.CONCEDES, r"\b(?:admit|concede|it is true that|of course, we)\b"),
)  # fmt: skip
OWN_WORDS = tuple((act, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for act, pattern in OWN)


def act_of_cue(cue: str) -> str:
    """The act that a reporting verb names."""
    return ACT_OF[cue.casefold()]


def act_of_words(words: str) -> tuple[str, str]:
    """The act of words in the speaker's own form, and those by which it is known; ``asserts`` where nothing tells."""
    for act, pattern in OWN_WORDS:
        if match := pattern.search(words):
            return act, " ".join(match[0].split())
    return Act.ASSERTS, ""
