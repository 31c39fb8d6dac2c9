/** A table before it is used: what was understood of it, and what each column is for. */
import { useState } from 'react'
import type { ColumnSummary, ReadReport, TableSummary } from '../../src-shared/contract/data'
import type { Scaling } from '../../src-shared/contract/job'
import { chooseData } from '../state/studio'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { NumberField, SelectField } from '../ui/fields'
import { formatCount, formatValue } from '../ui/format'
import { Histogram } from './Histogram'
import { problemOf, ROLES, type Role, suggestRoles } from './roles'
import './data.css'

const SCALINGS: readonly { readonly value: Scaling; readonly label: string }[] = [
  { value: 'minmax', label: 'min–max' },
  { value: 'standard', label: 'standard' },
  { value: 'none', label: 'none' },
]

export function TableDialog({ table, onClose }: { table: TableSummary; onClose: () => void }) {
  const [roles, setRoles] = useState(() => suggestRoles(table.columns))
  const [validation, setValidation] = useState(20)
  const [scaling, setScaling] = useState<Scaling>('minmax')
  const named = (role: Role) => table.columns.filter((_, c) => roles[c] === role).map(({ name }) => name)
  const problem = problemOf(table.columns, roles)

  function use() {
    onClose()
    void chooseData({
      file: table.file,
      inputs: named('input'),
      targets: named('target'),
      split: { type: 'random', validation: validation / 100, test: 0, seed: 0 },
      scaling,
    })
  }

  return (
    <Dialog
      title={table.file.replace(/^.*[\\/]/, '')}
      description={`${formatCount(table.rows)} rows, ${formatCount(table.columns.length)} columns${readText(table.read)}`}
      onClose={onClose}
      actions={
        <>
          <span className="spring" role="status">
            {problem}
          </span>
          <Button label="Cancel" onClick={onClose} />
          <Button label="Use this table" look="primary" disabled={problem !== null} onClick={use} />
        </>
      }
    >
      <div className="table-options">
        <NumberField
          label="Validation %"
          hint="Share of the rows kept aside to see how well the network does on rows that it was not trained on."
          value={validation}
          min={0}
          max={90}
          onChange={(value) => value !== null && setValidation(value)}
        />
        <SelectField
          label="Scaling"
          hint="Brings every column to the range of the grid; undone in predictions."
          value={scaling}
          options={SCALINGS}
          onChange={setScaling}
        />
      </div>
      <table className="columns-table">
        <thead>
          <tr>
            <th>Column</th>
            <th>Use as</th>
            <th>Type</th>
            <th className="right">Missing</th>
            <th className="right">Distinct</th>
            <th className="right">Min</th>
            <th className="right">Mean</th>
            <th className="right">Max</th>
            <th>Values</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map((column, c) => (
            <Row
              key={column.name}
              column={column}
              role={roles[c] ?? 'ignore'}
              onRole={(role) => setRoles(roles.map((before, other) => (other === c ? role : before)))}
            />
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}

function Row({ column, role, onRole }: { column: ColumnSummary; role: Role; onRole: (role: Role) => void }) {
  return (
    <tr className={role === 'ignore' ? 'ignored' : ''}>
      <th scope="row">{column.name}</th>
      <td>
        <select
          className="select"
          aria-label={`Use ${column.name} as`}
          value={role}
          onChange={(event) => onRole(ROLES.find(({ value }) => value === event.target.value)?.value ?? 'ignore')}
        >
          {ROLES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </td>
      <td>{column.type}</td>
      <td className="right num">{formatCount(column.missing)}</td>
      <td className="right num">{formatCount(column.distinct)}</td>
      <td className="right num">{formatValue(column.min)}</td>
      <td className="right num">{formatValue(column.mean)}</td>
      <td className="right num">{formatValue(column.max)}</td>
      <td>
        <Histogram counts={column.histogram} />
      </td>
    </tr>
  )
}

const SEPARATORS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

function readText({ delimiter }: ReadReport): string {
  const separator = SEPARATORS[delimiter ?? '']
  return separator ? `, separated by ${separator}` : ''
}
