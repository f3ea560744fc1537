/* What duckdb-browser.mjs imports by the name "apache-arrow", from the one file of that package that needs no others. */
const arrow = globalThis.Arrow;
export const RecordBatchReader = arrow.RecordBatchReader;
export const Table = arrow.Table;
export const Type = arrow.Type;
export const tableToIPC = arrow.tableToIPC;
