-- One row per cause of findings: what one error, one misread table or one unread file brings about.
with

causes as (select * from {{ ref('int_causes') }}),

findings as (select * from {{ ref('findings') }}),

doubtful_tables as (select * from {{ ref('int_doubtful_tables') }}),

causes_seen as (select * from {{ source('history', 'causes_seen') }}),

names_of_sets as (select * from {{ ref('int_names_of_sets') }}),

-- Sets that the state published before had as well, though perhaps by another name.
sets_seen as (
    select
        names_of_sets.component_id,
        min(causes_seen.first_seen) as first_seen
    from names_of_sets
    inner join causes_seen
        on names_of_sets.cause_id = causes_seen.cause_id
    where causes_seen.is_current
    group by names_of_sets.component_id
),

statuses as (
    select
        cause_id,
        count(case when status <> 'aanvaard' then 1 end) as niet_aanvaard,
        count(case when status = 'verlopen' then 1 end) as verlopen,
        min(first_seen) as first_seen,
        min(accepted_by) as accepted_by,
        max(accepted_on) as accepted_on,
        min(accepted_why) as accepted_why,
        min(accepted_until) as accepted_until
    from findings
    group by cause_id
),

final as (
    select
        causes.cause_id,
        causes.finding_id,
        causes.zekerheid,
        causes.soort,
        causes.severity,
        case
            when statuses.niet_aanvaard = 0 then 'aanvaard'
            when causes.eigen_status = 'verlopen' or statuses.verlopen > 0 then 'verlopen'
            else 'open'
        end as status,
        case
            when (causes_seen.cause_id is null or not causes_seen.is_current) and sets_seen.component_id is null then 'nieuw'
            when causes_seen.fingerprint is distinct from causes.fingerprint then 'gewijzigd'
            else 'ongewijzigd'
        end as verandering,
        causes.document_id,
        coalesce(causes.doubtful_table_id, causes.table_id) as table_id,
        causes.cell_id,
        causes.component_id,
        causes.bevindingen,
        causes.documenten,
        causes.amount_eur,
        causes.tolerantie_eur,
        case
            when doubtful_tables.regelsoort is not null
                then
                    'De tabel "' || coalesce(nullif(doubtful_tables.caption, ''), nullif(doubtful_tables.section, ''), doubtful_tables.table_id)
                    || '" is waarschijnlijk verkeerd gelezen: ' || cast(doubtful_tables.gebroken as string) || ' van de '
                    || cast(doubtful_tables.beoordeeld as string) || ' sommen van de soort ' || doubtful_tables.regelsoort
                    || ' sluiten niet. Een vraag aan ons, geen fout in het stuk.'
            when doubtful_tables.table_id is not null
                then
                    'De lezing van de tabel "' || coalesce(nullif(doubtful_tables.caption, ''), nullif(doubtful_tables.section, ''), doubtful_tables.table_id)
                    || '" is gekozen en niet zeker: ' || causes.message
            when causes.is_hele_regel
                then
                    'Een hele regel sluit niet, in geen van de ' || cast(causes.sommen as string)
                    || ' kolommen: in het stuk ontbreekt er een regel bij, of wij lazen hem verkeerd. Een vraag, tot iemand het stuk heeft bekeken. De grootste: '
                    || causes.message
            when causes.slip is not null and causes.sommen > 1
                then
                    cast(causes.sommen as string) || ' sommen van één regel sluiten niet, en elk ' || causes.slip || '. De grootste: '
                    || causes.message
            when causes.slip is not null and causes.soort = 'sommen_sluiten_niet_samen' then causes.message || ' De som ' || causes.slip || '.'
            when causes.soort = 'niet_gelezen' and causes.bevindingen > 1
                then cast(causes.bevindingen as string) || ' plaatsen zijn niet gelezen, zoals ' || causes.message
            when causes.soort = 'wijkt_af_van_iv3' and causes.bevindingen > 1
                then cast(causes.bevindingen as string) || ' getallen wijken af van Iv3. Het grootste verschil: ' || causes.message
            when causes.soort = 'buiten_feiten' and causes.bevindingen > 1
                then 'Dezelfde vraag over ' || cast(causes.bevindingen as string) || ' tabellen met deze kolommen. De grootste: ' || causes.message
            else causes.message
        end as message,
        case
            when doubtful_tables.regelsoort is not null
                then
                    'The table "' || coalesce(nullif(doubtful_tables.caption, ''), nullif(doubtful_tables.section, ''), doubtful_tables.table_id)
                    || '" was probably read wrong: ' || cast(doubtful_tables.gebroken as string) || ' of the '
                    || cast(doubtful_tables.beoordeeld as string) || ' sums of the kind ' || doubtful_tables.regelsoort
                    || ' do not close. A question to us, no error of the document.'
            when doubtful_tables.table_id is not null
                then
                    'The reading of the table "' || coalesce(nullif(doubtful_tables.caption, ''), nullif(doubtful_tables.section, ''), doubtful_tables.table_id)
                    || '" was chosen and is not sure: ' || causes.message_en
            when causes.is_hele_regel
                then
                    'A whole row does not close, in none of the ' || cast(causes.sommen as string)
                    || ' columns: a row is missing from the document, or we read it wrong. A question, until somebody has looked. The largest: '
                    || causes.message_en
            when causes.slip is not null and causes.sommen > 1
                then
                    cast(causes.sommen as string) || ' sums of one line do not close, and each ' || causes.slip_en || '. The largest: '
                    || causes.message_en
            when causes.slip is not null and causes.soort = 'sommen_sluiten_niet_samen' then causes.message_en || ' It ' || causes.slip_en || '.'
            when causes.soort = 'niet_gelezen' and causes.bevindingen > 1
                then cast(causes.bevindingen as string) || ' places were not read, such as ' || causes.message_en
            when causes.soort = 'wijkt_af_van_iv3' and causes.bevindingen > 1
                then cast(causes.bevindingen as string) || ' numbers differ from Iv3. The largest difference: ' || causes.message_en
            when causes.soort = 'buiten_feiten' and causes.bevindingen > 1
                then 'The same question about ' || cast(causes.bevindingen as string) || ' tables with these columns. The largest: ' || causes.message_en
            else causes.message_en
        end as message_en,
        least(
            statuses.first_seen,
            coalesce(causes_seen.first_seen, statuses.first_seen),
            coalesce(sets_seen.first_seen, statuses.first_seen)
        ) as first_seen,
        causes.fingerprint,
        coalesce(causes.accepted_by, statuses.accepted_by) as accepted_by,
        coalesce(causes.accepted_on, statuses.accepted_on) as accepted_on,
        coalesce(causes.accepted_why, statuses.accepted_why) as accepted_why,
        coalesce(causes.accepted_until, statuses.accepted_until) as accepted_until
    from causes
    inner join statuses
        on causes.cause_id = statuses.cause_id
    left join doubtful_tables
        on causes.doubtful_table_id = doubtful_tables.table_id
    left join causes_seen
        on causes.cause_id = causes_seen.cause_id
    left join sets_seen
        on causes.component_id = sets_seen.component_id
)

select * from final
order by document_id, cause_id
