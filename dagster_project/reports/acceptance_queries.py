"""What was accepted and what became of it, as SQL: the trail of the first page and the findings of a document show it.

What does not belong here: whether an acceptance holds. The warehouse says so of every finding and cause.
"""

from __future__ import annotations

# Those in aanvaard.yml now, and those that were withdrawn, with the last run that had them. ``message`` is what was
# accepted: the words that went with the numbers of its fingerprint, and nothing where no run kept them. ``message_now``
# is what it says today where the numbers are others. ``hoe`` is how it went, where it is gone.
ACCEPTANCES = """
    with entries as (
        select document_id, finding_id, fingerprint, wie, wanneer, waarom, tot, null as last_run_id, null as last_seen
        from landing.acceptances
        union all
        select s.document_id, s.finding_id, s.fingerprint, s.wie, s.wanneer, s.waarom, s.tot, s.last_run_id, s.last_seen
        from history.acceptances_seen as s
        where not exists (
            select 1 from landing.acceptances as a
            where a.document_id = s.document_id and a.finding_id = s.finding_id
                and a.fingerprint is not distinct from s.fingerprint
                and a.wie = s.wie and a.wanneer = s.wanneer and a.waarom = s.waarom and a.tot is not distinct from s.tot
        )
    ),
    today as (
        select * from (
            select cause_id as finding_id, cause_id, fingerprint, status, message, message_en, 2 as keus from audit.causes
            union all
            select finding_id, cause_id, fingerprint, status, message, message_en, 1 from audit.findings
        )
        qualify row_number() over (partition by finding_id order by keus) = 1
    ),
    told as (
        select finding_id, fingerprint, message, message_en, 1 as keus from today
        union all select cause_id, fingerprint, message, message_en, 2 from history.causes_seen
        union all select finding_id, fingerprint, message, message_en, 3 from history.acceptances_seen
    ),
    words as (
        select * from told where message is not null
        qualify row_number() over (partition by finding_id, fingerprint order by keus) = 1
    )
    select e.document_id, e.finding_id, e.fingerprint, e.wie, e.wanneer, e.waarom, e.tot, t.status as is_of, t.cause_id,
        w.message, w.message_en, e.last_run_id, e.last_seen, r.hoe,
        t.finding_id is not null and t.fingerprint is distinct from e.fingerprint as is_changed,
        case when t.fingerprint is distinct from e.fingerprint then coalesce(t.message, r.message) end as message_now,
        case when t.fingerprint is distinct from e.fingerprint then coalesce(t.message_en, r.message_en) end as message_now_en
    from entries as e
    left join today as t on t.finding_id = e.finding_id
    left join words as w on w.finding_id = e.finding_id and w.fingerprint is not distinct from e.fingerprint
    left join audit.causes_resolved as r on r.cause_id = e.finding_id
"""

# What became of an acceptance, in one word (``wording.ACCEPTANCE_NOW`` says it in a sentence).
ACCEPTANCE_NOW = """
    case
        when last_run_id is not null then 'ingetrokken'
        when is_of = 'aanvaard' and not is_changed then 'geldt'
        when is_changed then 'gewijzigd'
        when is_of is not null then 'geldt niet meer'
        else coalesce(hoe, 'hoort bij niets')
    end
"""
