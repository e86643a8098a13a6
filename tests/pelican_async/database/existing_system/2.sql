-- What leads to the second state. Constraints and indexes have names that say nothing.
alter table dataset alter name set not null, alter meta set not null;
alter table dataset_filter
    alter dataset_id_original set not null, alter dataset_id_filtered set not null, alter filter_message set not null,
    add constraint a1 foreign key (dataset_id_original) references dataset,
    add constraint a2 foreign key (dataset_id_filtered) references dataset (id);
alter table data_item
    alter data set not null, alter dataset_id set not null, add constraint a1 foreign key (dataset_id) references dataset;
alter table progress_monitor_dataset
    alter dataset_id set not null, alter state set not null, alter phase set not null,
    add constraint b1 unique (dataset_id), add constraint a1 foreign key (dataset_id) references dataset;
alter table progress_monitor_item
    alter item_id type bigint using item_id::bigint,
    alter dataset_id set not null, alter item_id set not null, alter state set not null,
    add constraint b2 unique (dataset_id, item_id),
    add constraint a1 foreign key (dataset_id) references dataset,
    add constraint a2 foreign key (item_id) references data_item;
create index b3 on progress_monitor_item (item_id);
alter table field_level_check
    alter data_item_id set not null, alter dataset_id set not null, alter result set not null,
    add foreign key (data_item_id) references data_item, add foreign key (dataset_id) references dataset;
create index b4 on field_level_check (data_item_id);
alter table resource_level_check
    alter data_item_id set not null, alter dataset_id set not null, alter result set not null,
    add foreign key (data_item_id) references data_item, add foreign key (dataset_id) references dataset;
create index b5 on resource_level_check (data_item_id);
alter table field_level_check_examples
    alter dataset_id set not null, alter data set not null, alter path set not null,
    add foreign key (dataset_id) references dataset;
alter table resource_level_check_examples
    alter dataset_id set not null, alter data set not null, alter check_name set not null,
    add foreign key (dataset_id) references dataset;
create index b6 on resource_level_check_examples (dataset_id, check_name);
alter table dataset_level_check
    alter dataset_id set not null, alter meta set not null, add foreign key (dataset_id) references dataset;
alter table time_variance_level_check
    alter dataset_id set not null, alter meta set not null, alter check_name set not null,
    add foreign key (dataset_id) references dataset;
create index b7 on time_variance_level_check (dataset_id, check_name);
alter table report
    alter dataset_id set not null, alter type set not null, alter data set not null,
    add foreign key (dataset_id) references dataset;
create index b8 on report (dataset_id, type);
alter table exchange_rates
    alter valid_on set not null, alter rates set not null, add constraint b9 unique (valid_on);
