-- The database of the service: PostgreSQL 15 or later. `pelican-async db upgrade` creates it, and moves an older one here.
--
-- Nothing names a schema: everything lives where the search path of the database's URL says. The tables of part 1 (and
-- the two views of part 3) are read by the frontend and by analysts, so their names, columns and JSON stay as they are;
-- the others are the service's own.


-- 1. What readers know ------------------------------------------------------------------------------------------------

create type report_type as enum ('field_level_check', 'resource_level_check', 'dataset_level_check');

-- One run over one collection. Names are not unique: a dataset made by a filter has the name of its original.
create table dataset (
    id bigserial primary key,
    name varchar(255) not null,
    meta jsonb not null,
    ancestor_id bigint, -- may name a dataset that is gone
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on dataset (name);

create table dataset_filter (
    id bigserial primary key,
    dataset_id_original bigint not null references dataset,
    dataset_id_filtered bigint not null references dataset,
    filter_message jsonb not null, -- as it was received
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on dataset_filter (dataset_id_original);
create index on dataset_filter (dataset_id_filtered);

-- One compiled release. The ids of a dataset's items follow each other without a gap.
create table data_item (
    id bigserial primary key,
    data jsonb not null,
    dataset_id bigint not null references dataset,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on data_item (dataset_id, (data ->> 'ocid'));

-- phase and state: CONTRACTING_PROCESS, DATASET, TIME_VARIANCE are IN_PROGRESS or OK; CHECKED and DELETED are OK.
create table progress_monitor_dataset (
    id bigserial primary key,
    dataset_id bigint not null unique references dataset,
    state varchar(255) not null,
    phase varchar(255) not null,
    size integer, -- of the items so far
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on progress_monitor_dataset (dataset_id, phase);

-- state: IN_PROGRESS (not checked yet) or OK. Each row is written and changed once, so it is kept cheap: it has room
-- beside it for its change, which touches no index then, and no foreign keys, since it comes and goes with its item.
create table progress_monitor_item (
    id bigserial primary key,
    dataset_id bigint not null,
    item_id bigint not null,
    state varchar(255) not null,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp,
    unique (dataset_id, item_id)
) with (fillfactor = 50);

create table dataset_level_check (
    id bigserial primary key,
    check_name varchar not null,
    result boolean,
    value integer, -- 0 to 100
    meta jsonb not null,
    dataset_id bigint not null references dataset,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on dataset_level_check (dataset_id, check_name);

create table time_variance_level_check (
    id bigserial primary key,
    check_name varchar not null,
    coverage_result boolean,
    coverage_value integer,
    check_result boolean,
    check_value integer,
    meta jsonb not null,
    dataset_id bigint not null references dataset,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on time_variance_level_check (dataset_id, check_name);

create table report (
    id bigserial primary key,
    dataset_id bigint not null references dataset,
    type report_type not null,
    data jsonb not null,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on report (dataset_id, type);

create table field_level_check_examples (
    id bigserial primary key,
    dataset_id bigint not null references dataset,
    data jsonb not null,
    path varchar not null,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on field_level_check_examples (dataset_id, path);

create table resource_level_check_examples (
    id bigserial primary key,
    dataset_id bigint not null references dataset,
    data jsonb not null,
    check_name varchar not null,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on resource_level_check_examples (dataset_id, check_name);

-- All rates of a day are against the euro: {"USD": 1.1, "EUR": 1}.
create table exchange_rates (
    id bigserial primary key,
    valid_on date not null unique,
    rates jsonb not null,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);


-- 2. How the work is done ---------------------------------------------------------------------------------------------

-- What a dataset needs while it is made and checked, and what is kept of it for its successor. Counters change in the
-- transaction that changes what they count.
create table dataset_run (
    dataset_id bigint primary key references dataset,
    source jsonb not null, -- where its items come from: {"kind": "extract_kingfisher_process", "collection_id": 1, ...}
                           -- once it is checked: "checked_with", the codelists and rates of its values, in words
    source_place bigint not null default 0, -- how far a committed page has come there: the last id it took
    skipped integer not null default 0, -- so many releases were too large to be taken
    first_item_id bigint not null, -- the ids from here on are set aside for its items
    items_left integer not null default 0, -- so many items are not checked yet;
    items_held integer not null default 0, -- so many of them, the last ones, are not announced yet to those who check
    announced integer not null default 0, -- so many items, from the first on, are
    without_ocid integer not null default 0, -- so many checked items have no string as ocid
    today integer not null, -- dates after this day are in the future: days since the year 1
    asked_by varchar, -- identifies the message that asked for the dataset, so that it isn't made twice
    stage varchar, -- the long stage that is due or under way: check_dataset, report, ...
    holder uuid, -- who does it,
    held_until timestamp with time zone, -- and until when nobody else takes it over
    attempts integer not null default 0, -- how often this stage was begun
    trouble text, -- why the stage failed for good: it waits among the dead letters
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp,
    not_checked integer not null default 0 -- so many items could not be checked
);
create index on dataset_run (stage) where stage is not null;
create unique index on dataset_run (asked_by);

-- Requests for datasets that are deleted since: a message that comes again makes none anew. Kept for a week.
create table deleted_request (
    asked_by varchar, -- as in dataset_run; null: the message had nothing to know it by but what it asked for:
    name varchar(255) not null,
    source jsonb not null,
    created timestamp without time zone not null, -- when the dataset was made,
    deleted timestamp without time zone not null default current_timestamp -- and when it was deleted
);
create index on deleted_request (asked_by);

-- Messages that a committed transaction wants to have sent. Who sends one deletes it afterwards.
create table outbox (
    id bigserial primary key,
    dataset_id bigint not null,
    queue varchar not null, -- as in messages: extractor, dataset_checker, ...
    body text not null,
    created timestamp with time zone not null default current_timestamp
);

-- What one batch of items says about its dataset: written with the batch's results, merged by the later stages.
create table batch_partial (
    dataset_id bigint not null references dataset,
    first_item_id bigint not null, -- the batch's least,
    last_item_id bigint not null, -- and greatest
    items integer not null, -- so many of them were checked
    checked_by varchar not null, -- the version of the checks, codelists and encoding
    tally bytea not null, -- for the reports
    collected bytea not null, -- for the dataset-level checks
    snapshot bytea not null, -- for the time-based checks, of the successor as well
    primary key (dataset_id, first_item_id)
);

-- What the checks found in one item, in a few hundred bytes; views below show it as it always was.
create table item_result (
    data_item_id bigint primary key, -- no foreign keys, which would cost more than the row: it comes and goes with its item
    dataset_id bigint not null,
    layout smallint not null,
    ocid text, -- null: the views leave the item out
    -- Both are JSON. They are texts, since that is all that writing them should cost: they are read far less often.
    fields text not null, -- by node (field_layout.node): for each occurrence, a digit for each slot, the last slot first
    checks text not null, -- by check that applies: [applications, passes], and the meta of a failure; a text: its error
    created timestamp without time zone default current_timestamp
);
create index on item_result (dataset_id);

-- Items that could not be checked, and why. They count as done.
create table item_not_checked (
    data_item_id bigint primary key,
    dataset_id bigint not null,
    reason text not null
);
create index on item_not_checked (dataset_id);

-- What of an item is stored, or was checked, otherwise than it was published, since there is no form of it that jsonb or
-- a floating point number takes; of a filtered dataset, the original's items say it.
create table item_changed (
    data_item_id bigint primary key,
    dataset_id bigint not null,
    changes text not null
);
create index on item_changed (dataset_id);

-- What the digits of item_result mean: one layout for each list of fields and checks that was ever in use.
create table layout (
    id smallserial primary key,
    digest varchar not null unique
);
create table field_layout (
    layout smallint not null references layout,
    path varchar not null,
    node varchar not null, -- the key in item_result.fields
    keys text[] not null, -- the path of the field's parent
    leaf text not null,
    slot smallint not null, -- the place of the field's digit, from the right
    slots smallint not null, -- so many digits has each occurrence
    coverage_version numeric not null,
    quality varchar, -- the name of the field's quality check
    quality_version numeric,
    reasons text[] not null, -- of the quality check's failures, from the digit 8 on
    primary key (layout, path)
);
create table check_layout (
    layout smallint not null references layout,
    name varchar not null,
    version numeric not null,
    primary key (layout, name)
);


-- 3. Results of items, as readers know them ---------------------------------------------------------------------------
--
-- `result -> 'meta' ->> 'ocid'`, `result -> 'checks' -> 'awards.id'` and `(result -> 'checks' -> 'coherent.dates' ->>
-- 'result')::boolean` work on the views below as on tables with jsonb, but only what is asked for is ever put together.
-- `result::jsonb` gives the whole.

-- Rows that were written whole, by what was here before.
create table field_level_check_whole (
    id bigserial primary key,
    data_item_id bigint not null references data_item,
    dataset_id bigint not null references dataset,
    result jsonb not null,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on field_level_check_whole (dataset_id);
create index on field_level_check_whole (data_item_id);

create table resource_level_check_whole (
    id bigserial primary key,
    data_item_id bigint not null references data_item,
    dataset_id bigint not null references dataset,
    result jsonb not null,
    created timestamp without time zone default current_timestamp,
    modified timestamp without time zone default current_timestamp
);
create index on resource_level_check_whole (dataset_id);
create index on resource_level_check_whole (data_item_id);

create type field_level_result as (item_id bigint, ocid text, layout smallint, outcomes text, whole jsonb);
create type field_level_part as (part text, result field_level_result);
create type resource_level_result as (item_id bigint, ocid text, layout smallint, outcomes text, whole jsonb);
create type resource_level_part as (part text, result resource_level_result);

-- What is deeper in a result is put together only if it is asked for, too: what lists failures asks of each release
-- whether it passes, and no more. So these are not jsonb, but are taken as such wherever jsonb is expected; shown by
-- themselves, they need a cast (`(result -> 'checks' -> 'awards.id')::jsonb`).
create type field_level_field as (item_id bigint, layout smallint, outcomes text, path text, whole jsonb);
create type field_level_occurrence as (
    item_id bigint, layout smallint, outcomes text, path text, place integer, digit text, judged boolean, whole jsonb
);
create type field_level_group as (name text, occurrence field_level_occurrence);
create type resource_level_check_result as (layout smallint, outcomes text, name text, whole jsonb);

-- The occurrences of a field's parent in a release, in the document's order, and their paths. A list in the last list is
-- opened once; lists further up are not entered, nor is what isn't an object.
create function occurrences(release jsonb, keys text[], out paths text[], out its_values jsonb[]) language plpgsql immutable as $$
declare
    key text;
    depth integer := 0;
    last boolean;
    next_paths text[];
    next_values jsonb[];
    path text;
    place integer;
    entry jsonb;
    entry_place integer;
    inner_entry jsonb;
    inner_place integer;
begin
    paths := array[''];
    its_values := array[release];
    foreach key in array keys loop
        depth := depth + 1;
        last := depth = cardinality(keys);
        next_paths := '{}';
        next_values := '{}';
        for place in 1 .. cardinality(its_values) loop
            continue when jsonb_typeof(its_values[place]) <> 'object' or not its_values[place] ? key;
            entry := its_values[place] -> key;
            path := case when paths[place] = '' then key else paths[place] || '.' || key end;
            if jsonb_typeof(entry) <> 'array' then
                next_paths := next_paths || path;
                next_values := next_values || entry;
                continue;
            end if;
            entry_place := 0;
            for inner_entry in select value from jsonb_array_elements(entry) loop
                if jsonb_typeof(inner_entry) <> 'array' then
                    next_paths := next_paths || (path || '[' || entry_place || ']');
                    next_values := next_values || inner_entry;
                elsif last then
                    inner_place := 0;
                    for entry in select value from jsonb_array_elements(inner_entry) loop
                        next_paths := next_paths || (path || '[' || entry_place || '][' || inner_place || ']');
                        next_values := next_values || entry;
                        inner_place := inner_place + 1;
                    end loop;
                end if;
                entry_place := entry_place + 1;
            end loop;
        end loop;
        paths := next_paths;
        its_values := next_values;
    end loop;
end
$$;

create function check_result(name text, value jsonb, reason text, version numeric) returns jsonb
language sql immutable as $$
    select jsonb_build_object('name', name, 'result', reason is null, 'value', value, 'reason', reason, 'version', version)
$$;

-- The results of a field in one place, from its digit; `parent` is what should have the field.
create function field_occurrence(field field_layout, digit text, path text, parent jsonb) returns jsonb
language plpgsql immutable as $$
declare
    value jsonb := case when digit = '6' then parent else parent -> field.leaf end;
    coverage jsonb;
    quality jsonb := '[]';
begin
    if digit in ('0', '6') then
        coverage := jsonb_build_array(check_result('exists', value,
            case digit when '0' then 'is not there' else 'what should have it is not an object' end, field.coverage_version));
    elsif digit in ('2', '3', '4', '5') then
        coverage := jsonb_build_array(
            check_result('exists', null, null, field.coverage_version),
            check_result('non_empty', value, case digit when '2' then 'is null' when '3' then 'is an empty object'
                when '4' then 'is an empty list' else 'is an empty string' end, field.coverage_version));
    else
        coverage := jsonb_build_array(
            check_result('exists', null, null, field.coverage_version),
            check_result('non_empty', null, null, field.coverage_version));
        if field.quality is not null then
            if field.quality = 'document_description_length' and jsonb_typeof(value) = 'string' then
                value := to_jsonb(length(value #>> '{}'));
            end if;
            quality := jsonb_build_array(case digit
                when '1' then check_result(field.quality, null, null, field.quality_version)
                when '7' then check_result(field.quality, value, 'the check failed to run', field.quality_version)
                else check_result(field.quality, value, field.reasons[('x0' || digit)::bit(8)::integer - 7], field.quality_version)
            end);
        end if;
    end if;
    return jsonb_build_object(
        'path', case when path = '' then field.leaf else path || '.' || field.leaf end,
        'coverage', jsonb_build_object('overall_result', coverage -> -1 -> 'result', 'check_results', coverage),
        'quality', jsonb_build_object('overall_result', quality -> -1 -> 'result', 'check_results', quality)
    );
end
$$;

-- All results of one field in one item, or null if its parent is nowhere. Places and values are read from the release.
create function field_results(item bigint, its_layout smallint, outcomes text, wanted text) returns jsonb
language plpgsql stable as $$
declare
    field field_layout;
    digits text;
    parents record;
    results jsonb := '[]';
begin
    select * into field from field_layout where layout = its_layout and path = wanted;
    digits := outcomes::json ->> field.node;
    if digits is null then
        return null;
    end if;
    -- Whoever reads the view may read no more of the item than its data.
    select found.* into parents from data_item, occurrences(data_item.data, field.keys) as found where data_item.id = item;
    for place in 1 .. cardinality(parents.paths) loop
        results := results || field_occurrence(
            field, substr(digits, place * field.slots - field.slot, 1), parents.paths[place], parents.its_values[place]
        );
    end loop;
    return results;
end
$$;

-- The result of one compiled release-level check in one item.
create function resource_check_result(its_layout smallint, outcomes text, wanted text) returns jsonb
language sql stable as $$
    select case
        when outcome is null then jsonb_build_object('result', null, 'application_count', null, 'pass_count', null,
            'meta', jsonb_build_object('reason', 'does not apply to this release'), 'version', version)
        when jsonb_typeof(outcome) = 'string' then jsonb_build_object('result', null, 'application_count', null,
            'pass_count', null, 'meta', jsonb_build_object('reason', 'the check failed to run: ' || (outcome #>> '{}')),
            'version', version)
        else jsonb_build_object('result', outcome -> 2 is null, 'application_count', outcome -> 0,
            'pass_count', outcome -> 1, 'meta', outcome -> 2, 'version', version)
    end
    from check_layout cross join lateral (select (outcomes::json -> wanted)::jsonb) as of_item (outcome)
    where layout = its_layout and name = wanted
$$;

create function field_level_get(result field_level_result, part text) returns field_level_part
language sql immutable as $$ select row(part, result)::field_level_part $$;
create operator -> (function = field_level_get, leftarg = field_level_result, rightarg = text);

create function field_level_get_field(part field_level_part, key text) returns field_level_field
language sql stable as $$
    select row(
        ((part).result).item_id,
        ((part).result).layout,
        case (part).part when 'checks' then ((part).result).outcomes end,
        key,
        case
            when ((part).result).whole is not null then ((part).result).whole -> (part).part -> key
            when (part).part = 'meta'
                then jsonb_build_object('ocid', ((part).result).ocid, 'item_id', ((part).result).item_id) -> key
        end
    )::field_level_field
$$;
create operator -> (function = field_level_get_field, leftarg = field_level_part, rightarg = text);

create function field_level_get_text(part field_level_part, key text) returns text
language sql stable as $$
    select case
        when ((part).result).whole is not null then ((part).result).whole -> (part).part ->> key
        when (part).part = 'checks'
            then field_results(((part).result).item_id, ((part).result).layout, ((part).result).outcomes, key)::text
        when (part).part <> 'meta' then null
        when key = 'ocid' then ((part).result).ocid
        when key = 'item_id' then ((part).result).item_id::text
    end
$$;
create operator ->> (function = field_level_get_text, leftarg = field_level_part, rightarg = text);

create function field_level_field_whole(field field_level_field) returns jsonb
language sql stable as $$
    select coalesce(
        (field).whole, field_results((field).item_id, (field).layout, (field).outcomes, (field).path)
    )
$$;
create cast (field_level_field as jsonb) with function field_level_field_whole (field_level_field) as implicit;

-- The occurrences of a field in an item. Their digits alone tell how many there are. Its layout is looked up first, which
-- is what `offset` is for: the planner takes what is inside on its own.
create function jsonb_array_elements(field field_level_field) returns setof field_level_occurrence
language sql stable rows 3 as $$
    select
        (field).item_id, (field).layout, (field).outcomes, (field).path, (at - first) / slots,
        substr(digits, at, 1), judged, null::jsonb
    from (
        select
            slots - slot as first, slots, quality is not null as judged,
            split_part(split_part((field).outcomes, '"' || node || '":"', 2), '"', 1) as digits
        from field_layout where layout = (field).layout and path = (field).path offset 0
    ) as found cross join lateral generate_series(first, length(digits), slots) as at
    union all
    select null, null, null, null, null, null, null, element
    from pg_catalog.jsonb_array_elements((field).whole) as element
    where (field).whole is not null
$$;

create function field_level_occurrence_whole(occurrence field_level_occurrence) returns jsonb
language sql stable as $$
    select coalesce((occurrence).whole, field_results(
        (occurrence).item_id, (occurrence).layout, (occurrence).outcomes, (occurrence).path
    ) -> (occurrence).place)
$$;
create cast (field_level_occurrence as jsonb)
    with function field_level_occurrence_whole (field_level_occurrence) as implicit;

create function field_level_get_group(occurrence field_level_occurrence, key text) returns field_level_group
language sql immutable as $$ select row(key, occurrence)::field_level_group $$;
create operator -> (function = field_level_get_group, leftarg = field_level_occurrence, rightarg = text);

create function field_level_group_whole(part field_level_group) returns jsonb
language sql stable as $$ select field_level_occurrence_whole((part).occurrence) -> (part).name $$;
create cast (field_level_group as jsonb) with function field_level_group_whole (field_level_group) as implicit;

create function field_level_group_get_text(part field_level_group, key text) returns text
language sql stable as $$
    select case
        when key = 'overall_result' and ((part).occurrence).whole is null then case
            when ((part).occurrence).digit in ('0', '2', '3', '4', '5', '6')
                then case (part).name when 'coverage' then 'false' end
            when (part).name = 'coverage' then 'true'
            when (part).name = 'quality' and ((part).occurrence).judged
                then case ((part).occurrence).digit when '1' then 'true' else 'false' end
        end
        else field_level_group_whole(part) ->> key
    end
$$;
create operator ->> (function = field_level_group_get_text, leftarg = field_level_group, rightarg = text);

create function field_level_whole(result field_level_result) returns jsonb
language sql stable as $$
    select coalesce(result.whole, jsonb_build_object(
        'meta', jsonb_build_object('ocid', result.ocid, 'item_id', result.item_id),
        'checks', (
            select coalesce(jsonb_object_agg(path, field_results(result.item_id, result.layout, result.outcomes, path)), '{}')
            from field_layout where layout = result.layout and result.outcomes::jsonb ? node
        )
    ))
$$;
create cast (field_level_result as jsonb) with function field_level_whole (field_level_result);

create function resource_level_get(result resource_level_result, part text) returns resource_level_part
language sql immutable as $$ select row(part, result)::resource_level_part $$;
create operator -> (function = resource_level_get, leftarg = resource_level_result, rightarg = text);

create function resource_level_get_check(part resource_level_part, key text) returns resource_level_check_result
language sql stable as $$
    select row(
        ((part).result).layout,
        case (part).part when 'checks' then ((part).result).outcomes end,
        key,
        case
            when ((part).result).whole is not null then ((part).result).whole -> (part).part -> key
            when (part).part = 'meta'
                then jsonb_build_object('ocid', ((part).result).ocid, 'item_id', ((part).result).item_id) -> key
        end
    )::resource_level_check_result
$$;
create operator -> (function = resource_level_get_check, leftarg = resource_level_part, rightarg = text);

create function resource_level_check_whole(result resource_level_check_result) returns jsonb
language sql stable as $$
    select coalesce(
        (result).whole, resource_check_result((result).layout, (result).outcomes, (result).name)
    )
$$;
create cast (resource_level_check_result as jsonb)
    with function resource_level_check_whole (resource_level_check_result) as implicit;

-- Most checks apply to few releases, which is seen without reading the JSON.
create function resource_level_check_get_text(result resource_level_check_result, key text) returns text
language sql stable as $$
    select case
        when (result).whole is not null then (result).whole ->> key
        when key <> 'result' then resource_level_check_whole(result) ->> key
        when strpos((result).outcomes, '"' || (result).name || '":') = 0 then null
        else case substring(((result).outcomes::json -> (result).name)::text from '^\[[0-9]+, ?[0-9]+(.)')
            when ']' then 'true'
            when ',' then 'false'
        end
    end
$$;
create operator ->> (function = resource_level_check_get_text, leftarg = resource_level_check_result, rightarg = text);

create function resource_level_get_text(part resource_level_part, key text) returns text
language sql stable as $$
    select case
        when ((part).result).whole is not null then ((part).result).whole -> (part).part ->> key
        when (part).part = 'checks'
            then resource_check_result(((part).result).layout, ((part).result).outcomes, key)::text
        when (part).part <> 'meta' then null
        when key = 'ocid' then ((part).result).ocid
        when key = 'item_id' then ((part).result).item_id::text
    end
$$;
create operator ->> (function = resource_level_get_text, leftarg = resource_level_part, rightarg = text);

create function resource_level_whole(result resource_level_result) returns jsonb
language sql stable as $$
    select coalesce(result.whole, jsonb_build_object(
        'meta', jsonb_build_object('ocid', result.ocid, 'item_id', result.item_id),
        'checks', (
            select jsonb_object_agg(name, resource_check_result(result.layout, result.outcomes, name))
            from check_layout where layout = result.layout
        )
    ))
$$;
create cast (resource_level_result as jsonb) with function resource_level_whole (resource_level_result);

create view field_level_check as
select
    id, data_item_id, dataset_id,
    row(data_item_id, null, null, null, result)::field_level_result as result,
    created, modified
from field_level_check_whole
union all
select
    data_item_id, data_item_id, dataset_id,
    row(data_item_id, ocid, layout, fields, null)::field_level_result,
    created, created
from item_result where ocid is not null;

create view resource_level_check as
select
    id, data_item_id, dataset_id,
    row(data_item_id, null, null, null, result)::resource_level_result as result,
    created, modified
from resource_level_check_whole
union all
select
    data_item_id, data_item_id, dataset_id,
    row(data_item_id, ocid, layout, checks, null)::resource_level_result,
    created, created
from item_result where ocid is not null;


-- 4. What this schema is known by: `pelican-async db upgrade` leads from each number to the next -----------------------

create function schema_version() returns integer language sql immutable as $$ select 4 $$;
