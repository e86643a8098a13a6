-- What leads to the third state, which is complete.
alter table dataset_level_check alter check_name set not null;
create index b10 on dataset_level_check (dataset_id, check_name);
