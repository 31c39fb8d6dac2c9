/** Endings of files that may hold a table, for dialogs and lists: what is in a file counts, not what it is called. */
export const TABLE_ENDINGS = ['csv', 'tsv', 'txt', 'dat', 'xlsx', 'parquet', 'json', 'jsonl', 'ndjson'] as const
