/** What is every chart of a report made of? An SVG that stands by itself, in light and dark. */
import { escaped } from './escaped'

export const CHART_WIDTH = 960

/** A name that stands beside what is drawn. */
export function shortened(name: string): string {
  return name.length <= 34 ? name : `${name.slice(0, 33)}…`
}

/** @param title what it shows, for those who hear it */
export function chartSvg(height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" class="kan-chart" viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`
}

/** As of a page, and of a file alone: a viewer that knows no dark scheme shows the light one. */
const STYLE = `
.kan-chart { font: 12px system-ui, -apple-system, "Segoe UI", Arial, sans-serif; --ink: #14181f; --ink-3: #5f697a; --line: #e1e5ea; --ground: #ffffff;
  --forward: #3457d5; --backward: #b8560f; --step: #4a5362; background: var(--ground); font-variant-numeric: tabular-nums; }
.kan-chart text { fill: var(--ink); }
.kan-chart .tick, .kan-chart .value { fill: var(--ink-3); font-size: 11px; }
.kan-chart .grid { stroke: var(--line); }
.kan-chart .forward { fill: var(--forward); }
.kan-chart .backward { fill: var(--backward); }
.kan-chart .step { fill: var(--step); }
.kan-chart .spread { stroke: var(--ink); fill: none; }
.kan-chart .dots { fill: var(--ink); opacity: 0.35; }
.kan-chart .line { fill: none; stroke-width: 2; }
.kan-chart .leader { stroke: var(--line); fill: none; }
.kan-chart .roof { stroke: var(--ink-3); stroke-dasharray: 4 4; fill: none; }
.kan-chart .line.s0 { stroke: #3457d5; } .kan-chart .point.s0 { fill: #3457d5; }
.kan-chart .line.s1 { stroke: #b8560f; } .kan-chart .point.s1 { fill: #b8560f; }
.kan-chart .line.s2 { stroke: #0f7b6c; } .kan-chart .point.s2 { fill: #0f7b6c; }
.kan-chart .line.s3 { stroke: #8a3ffc; } .kan-chart .point.s3 { fill: #8a3ffc; }
.kan-chart .line.s4 { stroke: #c2255c; } .kan-chart .point.s4 { fill: #c2255c; }
.kan-chart .line.s5 { stroke: #5c6b00; } .kan-chart .point.s5 { fill: #5c6b00; }
.kan-chart .line.s6 { stroke: #0072a3; } .kan-chart .point.s6 { fill: #0072a3; }
.kan-chart .line.s7 { stroke: #6b5b4b; } .kan-chart .point.s7 { fill: #6b5b4b; }
@media (prefers-color-scheme: dark) {
  .kan-chart { --ink: #edf0f5; --ink-3: #98a3b4; --line: #2a313c; --ground: #191d24; --forward: #7d9bff; --backward: #f0a060; --step: #9aa5b5; }
  .kan-chart .line { filter: brightness(1.5); } .kan-chart .point { filter: brightness(1.5); }
}
`
