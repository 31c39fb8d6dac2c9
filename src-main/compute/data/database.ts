/** How is DuckDB opened, and how are names, paths and texts written for it? In memory, closed after use. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** A database in memory for as long as `use` runs. */
export async function withConnection<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    await connection.run("SET TimeZone = 'UTC'")
    return await use(connection)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** A name of any signs, in SQL. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A file to read, as a string in SQL: DuckDB takes *, ? and [ in a path for a pattern. */
export function sqlPath(path: string): string {
  return sqlString(path.replace(/[[*?]/g, (character) => `[${character}]`))
}

export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
