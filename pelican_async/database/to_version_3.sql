-- Leads from version 2 to 3: results are read without putting together what isn't asked for, and what could not be
-- checked is counted as it happens.

alter table dataset_run add column not_checked integer not null default 0;
update dataset_run set not_checked = counted.items
from (select dataset_id, count(*) as items from item_not_checked group by 1) as counted
where counted.dataset_id = dataset_run.dataset_id;

drop operator -> (field_level_part, text);
drop function field_level_get_json(field_level_part, text);
drop operator -> (resource_level_part, text);
drop operator ->> (resource_level_part, text);
drop function resource_level_get_text(resource_level_part, text);
drop function resource_level_get_json(resource_level_part, text);

-- What is deeper in a result is put together only if it is asked for, too: what lists failures asks of each release
-- whether it passes, and no more. So these are not jsonb, but are taken as such wherever jsonb is expected; shown by
-- themselves, they need a cast (`(result -> 'checks' -> 'awards.id')::jsonb`).
create type field_level_field as (item_id bigint, layout smallint, outcomes text, path text, whole jsonb);
create type field_level_occurrence as (
    item_id bigint, layout smallint, outcomes text, path text, place integer, digit text, judged boolean, whole jsonb
);
create type field_level_group as (name text, occurrence field_level_occurrence);
create type resource_level_check_result as (layout smallint, outcomes text, name text, whole jsonb);

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

create or replace function schema_version() returns integer language sql immutable as $$ select 3 $$;
