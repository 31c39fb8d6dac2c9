/** What better_kan's README says of its own speed, beside a report of the same benchmark: theirs, and their machine's. */
import { BETTER_KAN_2024, PUBLISHED_NOTE } from '../../src-shared/benchmark/published'
import { milliseconds } from '../../src-shared/benchmark/words'
import { formatCount } from '../ui/format'

export function Published() {
  return (
    <details className="bench-published">
      <summary>better_kan’s own figures, of its author’s machine</summary>
      <p className="bench-note">{PUBLISHED_NOTE}</p>
      {BETTER_KAN_2024.map(({ title, rows }) => (
        <table key={title} className="figures bench-rows" aria-label={title}>
          <thead>
            <tr>
              {[title, 'forward ms', 'backward ms', 'parameters'].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, forwardMs, backwardMs, parameters }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{milliseconds(forwardMs)}</td>
                <td>{milliseconds(backwardMs)}</td>
                <td>{formatCount(parameters)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </details>
  )
}
