/** Finds columns, and selects many at once. */
import { Search } from 'lucide-react'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import type { Column } from './columns'
import { FILTERS, type Filter } from './search'
import './search-bar.css'

interface SearchBarProps {
  readonly columns: readonly Column[]
  readonly search: string
  readonly filter: Filter
  /** Names of the columns that are shown. */
  readonly shown: readonly string[]
  readonly onSearch: (text: string) => void
  readonly onFilter: (filter: Filter) => void
  readonly onSelect: (names: readonly string[]) => void
}

export function SearchBar({ columns, search, filter, shown, onSearch, onFilter, onSelect }: SearchBarProps) {
  const some = (wanted: (column: Column) => boolean) => {
    const within = new Set(shown)
    onSelect(columns.filter((column) => within.has(column.name) && wanted(column)).map(({ name }) => name))
  }
  const narrowed = search.trim() !== '' || filter !== 'all'
  return (
    <div className="search-bar">
      <div className="search">
        <Search aria-hidden />
        <input
          className="input text"
          type="search"
          aria-label="Find columns"
          aria-description="Part of a name, or a range such as c10..c20."
          placeholder="Find columns, or c10..c20"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search === '') return
            event.stopPropagation()
            onSearch('')
          }}
        />
      </div>
      <select
        className="select"
        aria-label="Show"
        value={filter}
        onChange={(event) => onFilter(FILTERS.find(({ value }) => value === event.target.value)?.value ?? 'all')}
      >
        {FILTERS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <span className="muted" aria-live="polite">
        {narrowed ? `${formatCount(shown.length)} of ${formatCount(columns.length)}` : ''}
      </span>
      <span className="spring" />
      <div className="search-select">
        <span className="muted">Select</span>
        <Button label={narrowed ? 'all shown' : 'all'} look="outlined" onClick={() => some(() => true)} />
        <Button label="all but the target" look="outlined" onClick={() => some(({ role }) => role !== 'target')} />
        <Button
          label="only numbers"
          look="outlined"
          onClick={() => some(({ summary }) => summary?.type === 'number')}
        />
      </div>
    </div>
  )
}
