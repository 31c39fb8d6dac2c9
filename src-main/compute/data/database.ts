/** How is DuckDB opened, and how are names, paths and texts written for it? In memory, closed after use. */
import { createRequire } from 'node:module'
import type { DuckDBConnection } from '@duckdb/node-api'

const require = createRequire(import.meta.url)

/** Its classes, loaded when a table first asks for them: that takes longer than everything else of a process's start. */
export const loadDuckDB = (): typeof import('@duckdb/node-api') => require('@duckdb/node-api')

export interface Database {
  readonly connection: DuckDBConnection
  close(): void
}

export async function openDatabase(): Promise<Database> {
  const instance = await loadDuckDB().DuckDBInstance.create(':memory:', {
    threads: '2',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  return {
    connection,
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** A database in memory for as long as `use` runs. */
export async function withConnection<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { connection, close } = await openDatabase()
  try {
    return await use(connection)
  } finally {
    close()
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
