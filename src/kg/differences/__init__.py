"""Where bodies differ, by one expression over the statement table, on DuckDB or Spark.

The queries ``disagreements`` and ``disagreements-all`` say in SPARQL what differs; here the same is
said in Ibis (https://ibis-project.org), so that a million positions take less than a second on one
machine, or any number on a cluster. Ibis only writes the SQL: DuckDB and Spark are asked by their
own interfaces, and neither pandas nor pyarrow is needed. `tests/test_differences.py` holds the
answers of the two ways to each other.
"""
