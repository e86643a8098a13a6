-- Datasets in all phases. Each kind of row that may be doubled is doubled; the last one has `"last": true`.
insert into dataset (id, name, meta, created)
select id, name, '{"kingfisher_metadata": {}}', '2026-01-02 12:00'
from (values
    (1, 'checked'), (2, 'interrupted'), (3, 'being checked'), (4, 'all items checked'), (5, 'dataset checked half'),
    (6, 'dataset checked'), (7, 'compared half'), (8, 'compared'), (9, 'deleted')
) as datasets (id, name);
select setval('dataset_id_seq', 9);
insert into dataset_filter (dataset_id_original, dataset_id_filtered, filter_message) values (9, 1, '{"buyer": []}');
insert into progress_monitor_dataset (dataset_id, phase, state, size) values
    (1, 'CHECKED', 'OK', 2), (2, 'CONTRACTING_PROCESS', 'IN_PROGRESS', 1), (3, 'CONTRACTING_PROCESS', 'OK', 3),
    (4, 'CONTRACTING_PROCESS', 'OK', 1), (5, 'DATASET', 'IN_PROGRESS', 1), (6, 'DATASET', 'OK', 1),
    (7, 'TIME_VARIANCE', 'IN_PROGRESS', 1), (8, 'TIME_VARIANCE', 'OK', null), (9, 'DELETED', 'OK', 0);
insert into data_item (id, dataset_id, data)
select 10 * place, dataset_id, jsonb_build_object('ocid', 'ocds-213czf-' || place)
from unnest(array[1, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8]) with ordinality as item (dataset_id, place);
select setval('data_item_id_seq', 110);
insert into progress_monitor_item (dataset_id, item_id, state)
select dataset_id, id, case when dataset_id = 2 or id in (50, 60) then 'IN_PROGRESS' else 'OK' end from data_item;
insert into field_level_check (dataset_id, data_item_id, result)
select dataset_id, id, jsonb_build_object(
    'meta', jsonb_build_object('ocid', data -> 'ocid', 'item_id', id),
    'checks', '{"awards.id": [{"coverage": {"overall_result": false}, "quality": {"overall_result": null}}]}'::jsonb
) from data_item where dataset_id <> 2 and id not in (50, 60);
insert into resource_level_check (dataset_id, data_item_id, result)
select dataset_id, id, jsonb_build_object(
    'meta', jsonb_build_object('ocid', data -> 'ocid', 'item_id', id), 'checks', '{"coherent.tender_status": {"result": false}}'::jsonb
) from data_item where dataset_id <> 2 and id not in (50, 60);
insert into field_level_check (dataset_id, data_item_id, result)
select dataset_id, data_item_id, result || '{"last": true}' from field_level_check where dataset_id = 1;
insert into resource_level_check (dataset_id, data_item_id, result)
select dataset_id, data_item_id, result || '{"last": true}' from resource_level_check where dataset_id = 1;
insert into field_level_check_examples (dataset_id, path, data) values
    (1, 'awards.id', '{}'), (1, 'ocid', '{}'), (1, 'awards.id', '{"last": true}');
insert into resource_level_check_examples (dataset_id, check_name, data) values
    (1, 'coherent.tender_status', '{}'), (1, 'coherent.tender_status', '{"last": true}');
insert into dataset_level_check (dataset_id, check_name, value, meta) values
    (1, 'unique.tender_id', 1, '{}'), (1, 'unique.tender_id', 2, '{"last": true}'), (1, 'misc.url_availability', 3, '{}');
insert into time_variance_level_check (dataset_id, check_name, coverage_value, meta) values
    (1, 'ocid', 1, '{}'), (1, 'ocid', 2, '{"last": true}');
insert into report (dataset_id, type, data) values
    (1, 'field_level_check', '{}'), (1, 'field_level_check', '{"last": true}'), (1, 'resource_level_check', '{}');
insert into exchange_rates (valid_on, rates) values ('2026-01-02', '{"USD": 1.1}');
