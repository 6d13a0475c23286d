"""The fixed ids of the field: the same in code, YAML, tables and on the command line (docs/glossary.md)."""

from typing import Literal, get_args

Topic = str  # a team may add topics; the built-in fifteen are playbooks
Style = Literal["driver", "expressive", "amiable", "analytical"]
STYLES: tuple[Style, ...] = get_args(Style)
Behaviour = Literal[
    "know-it-all", "open-minded", "hesitant", "complainer", "detail-seeker", "bargainer", "intimidating"
]
BuyingRole = Literal["user", "purchaser", "influencer", "decision-maker", "informed", "coach", "key-person"]
Stance = Literal["supporter", "neutral", "opponent"]
Purpose = Literal[
    "first-visit", "discovery", "presentation", "negotiation", "phone", "care", "complaint", "renewal"
]
Outcome = Literal["order", "advance", "continuation", "no-sale"]
ObjectionKind = Literal["real", "false", "hidden"]
RelationshipStage = Literal["developing", "early", "stable", "strategic"]
CrisisKind = Literal["goodwill", "product", "financial", "property", "talent"]
Forecast = Literal["likely", "even", "unlikely"]
PlanResult = Literal["met", "missed", "replaced", "none"]
ItemState = Literal["done", "skip", "not-now"]
ClientKind = Literal["company", "person"]
VisitStatus = Literal["planned", "done", "cancelled", "not-held"]
PromiseOwner = Literal["ours", "theirs"]
PromiseState = Literal["open", "done", "dropped"]
SigningMotive = Literal["image", "follower", "profit"]
OccasionKind = Literal["birthday", "anniversary", "joy", "misfortune", "event", "news"]
TouchState = Literal["done", "dropped"]
Light = Literal["safe", "watch", "alarm", "open"]
PurchasingStep = Literal["need", "search", "test", "negotiate"]

#: How the tag of a client begins that says in which way it was found.
WAY = "way:"
