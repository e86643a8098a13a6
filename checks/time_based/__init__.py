"""The time-based checks: what became of each contracting process since an older version of the dataset.

Each item of the older version is paired with the item of the newer one that has the same `ocid`. A check's module has
`VERSION`, `applies`, which says whether it looks at an older item, and `passes`, which compares both items of a pair.
"""
