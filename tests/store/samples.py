"""Records for tests: written by hand where a test tells a story, by hypothesis where a rule is general."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from salescoach.errors import InvalidError
from salescoach.records.ids import (
    Behaviour,
    BuyingRole,
    ClientKind,
    Forecast,
    ObjectionKind,
    Outcome,
    PlanResult,
    PromiseOwner,
    PromiseState,
    Purpose,
    RelationshipStage,
    Stance,
    Style,
    VisitStatus,
)
from salescoach.records.me import Me
from salescoach.records.models import (
    Client,
    Contact,
    Debrief,
    Draft,
    Effort,
    Note,
    ObjectionMet,
    Observation,
    Plan,
    Promise,
    Step,
    Ticked,
    Visit,
)
from salescoach.records.names import clean_name
from salescoach.store.clients import distinct_aliases

DEC_1 = date(2026, 12, 1)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CLIENT_ID, CONTACT_ID, VISIT_ID = ("01M80HVW1GSAER47BYHS8RW0D" + last for last in "ACV")


def clean(text: str) -> str | None:
    try:
        return clean_name(text)
    except InvalidError:
        return None


texts = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30)
names = st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30).map(clean).filter(bool)
many_texts = st.lists(texts, max_size=3).map(tuple)
ids = st.text(alphabet=CROCKFORD, min_size=26, max_size=26)
days = st.dates()
maybe_days = st.none() | days
numbers = st.integers(min_value=-(2**63), max_value=2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
answers: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts | days,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
many_answers = st.dictionaries(texts, answers, max_size=4)
flags = st.dictionaries(texts, st.booleans(), max_size=3)


def one_of(fixed: Any) -> st.SearchStrategy[Any]:
    return st.from_type(fixed)


def maybe(fixed: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.from_type(fixed)


steps = st.builds(Step, who=texts, what=texts, by=maybe_days)
many_steps = st.lists(steps, max_size=3).map(tuple)

mes = st.builds(Me, name=texts, company=texts, products=many_texts, proof_points=many_texts, style=maybe(Style))


@st.composite
def clients(draw: st.DrawFn) -> Client:
    name = draw(names)
    return Client(
        id=CLIENT_ID,
        name=name,
        kind=draw(one_of(ClientKind)),
        aliases=distinct_aliases(name, draw(st.lists(names, max_size=3))),
        industry=draw(texts),
        country=draw(texts),
        language=draw(st.none() | st.sampled_from(["en", "zh"])),
        stage=draw(one_of(RelationshipStage)),
        key_account=draw(st.booleans()),
        tags=draw(many_texts),
        remarks=draw(texts),
    )


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    name = draw(names)
    return Contact(
        id=CONTACT_ID,
        client_id=CLIENT_ID,
        name=name,
        aliases=distinct_aliases(name, draw(st.lists(names, max_size=3))),
        position=draw(texts),
        department=draw(texts),
        roles=tuple(draw(st.lists(one_of(BuyingRole), max_size=3))),
        stance=draw(maybe(Stance)),
        influence=draw(st.none() | st.integers(1, 5)),
        style=draw(maybe(Style)),
        behaviour=draw(maybe(Behaviour)),
        language=draw(st.none() | st.sampled_from(["en", "zh"])),
        mail=draw(texts),
        phone=draw(texts),
        remarks=draw(texts),
    )


plans = st.builds(
    Plan,
    primary_advance=st.none() | steps,
    fallback_advance=st.none() | steps,
    questions=many_texts,
    expected_objections=many_texts,
    forecast=maybe(Forecast),
    checklist=st.dictionaries(texts, st.builds(Ticked, state=texts, note=texts), max_size=3),
    notes=texts,
    extra=many_answers,
)
debriefs = st.builds(
    Debrief,
    summary=texts,
    order=st.booleans(),
    refused=st.booleans(),
    client_commitments=many_steps,
    listening=flags,
    taboos=flags,
    lesson=texts,
    next_step=texts,
    next_date=maybe_days,
    outcome=one_of(Outcome),
    primary=one_of(PlanResult),
    fallback=one_of(PlanResult),
    feedback=many_texts,
    effort=st.none() | st.builds(Effort, prompts=st.integers(0, 99), seconds=st.floats(0, 1e5)),
    extra=many_answers,
)
visits = st.builds(
    Visit,
    id=st.just(VISIT_ID),
    client_id=st.just(CLIENT_ID),
    when=days,
    purpose=maybe(Purpose),
    contact_ids=many_texts,
    status=one_of(VisitStatus),
    plan=st.none() | plans,
    debrief=st.none() | debriefs,
    playbooks=st.dictionaries(texts, st.integers(0, 1000), max_size=3),
)
promises = st.builds(
    Promise,
    id=ids,
    client_id=st.just(CLIENT_ID),
    owner=one_of(PromiseOwner),
    who=texts,
    what=texts,
    by=maybe_days,
    state=one_of(PromiseState),
    closed_on=maybe_days,
    visit_id=st.sampled_from([None, VISIT_ID]),
)
objections = st.builds(
    ObjectionMet,
    id=ids,
    client_id=st.just(CLIENT_ID),
    on=days,
    said=texts,
    topic=st.none() | texts,
    kind=maybe(ObjectionKind),
    technique=st.none() | texts,
    resolved=st.booleans(),
    visit_id=st.sampled_from([None, VISIT_ID]),
    contact_id=st.sampled_from([None, CONTACT_ID]),
)
observations = st.builds(
    Observation,
    id=ids,
    client_id=st.just(CLIENT_ID),
    on=days,
    cue=texts,
    contact_id=st.sampled_from([None, CONTACT_ID]),
    visit_id=st.sampled_from([None, VISIT_ID]),
)
notes = st.builds(Note, id=ids, client_id=st.just(CLIENT_ID), on=days, text=texts)
drafts = st.builds(Draft, id=ids, command=texts, subject=texts, answers=many_answers, updated=days)


def a_client(name: str = "Acme GmbH", id_: str = CLIENT_ID, **more: Any) -> Client:
    return Client(id=id_, name=name, **more)


def a_contact(name: str = "Jo Berg", id_: str = CONTACT_ID, **more: Any) -> Contact:
    return Contact(id=id_, **{"client_id": CLIENT_ID, "name": name, **more})


def a_visit(id_: str = VISIT_ID, when: date = DEC_1, **more: Any) -> Visit:
    return Visit(id=id_, when=when, **{"client_id": CLIENT_ID, **more})
