-- The first state: ids of items as texts, anything may be null, and nothing refers to anything.
create type report_type as enum ('field_level_check', 'resource_level_check', 'dataset_level_check');
create table dataset (
    id bigserial primary key, name varchar(255), meta jsonb, ancestor_id bigint,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index one_name on dataset (name);
create table dataset_filter (
    id bigserial primary key, dataset_id_original bigint, dataset_id_filtered bigint, filter_message jsonb,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index on dataset_filter (dataset_id_original);
create index on dataset_filter (dataset_id_filtered);
create table data_item (
    id bigserial primary key, data jsonb, dataset_id bigint,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index on data_item (dataset_id, (data ->> 'ocid'));
create table progress_monitor_dataset (
    id bigserial primary key, dataset_id bigint, state varchar(255), phase varchar(255), size integer,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index on progress_monitor_dataset (dataset_id, phase);
create table progress_monitor_item (
    id bigserial primary key, dataset_id bigint, item_id varchar(255), state varchar(255),
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index on progress_monitor_item (dataset_id, state);
create table field_level_check (
    id bigserial primary key, data_item_id bigint, dataset_id bigint, result jsonb,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index on field_level_check (dataset_id);
create table resource_level_check (
    id bigserial primary key, data_item_id bigint, dataset_id bigint, result jsonb,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index on resource_level_check (dataset_id);
create table field_level_check_examples (
    id bigserial primary key, dataset_id bigint, data jsonb, path varchar,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create index on field_level_check_examples (dataset_id, path);
create table resource_level_check_examples (
    id bigserial primary key, dataset_id bigint, data jsonb, check_name varchar,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create table dataset_level_check (
    id bigserial primary key, check_name varchar, result boolean, value integer, meta jsonb, dataset_id bigint,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create table time_variance_level_check (
    id bigserial primary key, check_name varchar, coverage_result boolean, coverage_value integer,
    check_result boolean, check_value integer, meta jsonb, dataset_id bigint,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create table report (
    id bigserial primary key, dataset_id bigint, type report_type, data jsonb,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
create table exchange_rates (
    id bigserial primary key, valid_on date, rates jsonb,
    created timestamp default current_timestamp, modified timestamp default current_timestamp
);
