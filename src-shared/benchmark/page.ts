/** What is every page that is exported made of? A frame that stands by itself: no script, nothing loaded, light and dark. */
import { escaped } from './escaped'

export function page(title: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`
}

/** @param id of the heading, by which the section is named */
export function section(id: string, heading: string, content: string): string {
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escaped(heading)}</h2>
${content}
</section>`
}

/** What may be wider than a phone. */
export function scrolled(labelledBy: string, content: string): string {
  return `<div class="scroll" tabindex="0" role="region" aria-labelledby="${labelledBy}">
${content}
</div>`
}

/** The studio's tokens (src-renderer/app/theme.css), as far as a page needs them. */
const STYLE = `
:root { --canvas: #f6f7f9; --panel: #ffffff; --line: #e1e5ea; --ink: #14181f; --ink-2: #4a5362; --ink-3: #5f697a;
  --forward: #3457d5; --backward: #b8560f; --step: #14181f; }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #12151a; --panel: #191d24; --line: #2a313c; --ink: #edf0f5; --ink-2: #b3bcca; --ink-3: #8a95a6;
    --forward: #7d9bff; --backward: #f0a060; --step: #edf0f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { margin: 0; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 0 0 12px; font-size: 15px; }
.product { margin: 0 0 4px; color: var(--forward); font-weight: 600; }
.subject { margin: 6px 0 0; color: var(--ink-2); }
section { margin-top: 24px; padding: 20px 24px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
th:first-child { padding-left: 0; text-align: left; }
td:last-child, th:last-child { padding-right: 0; }
thead th { color: var(--ink-3); font-weight: 500; font-size: 13px; }
tbody tr:last-child > * { border-bottom: 0; }
.hint { margin: 8px 0 0; color: var(--ink-3); font-size: 13px; }
h3 { margin: 16px 0 8px; font-size: 14px; }
figure { margin: 0; overflow-x: auto; }
figure svg { display: block; width: 100%; min-width: 640px; height: auto; }
.best { color: var(--forward); font-weight: 600; }
ul { margin: 0 0 16px; padding-left: 18px; color: var(--ink-2); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 8px 24px; margin: 0 0 16px; }
dt { color: var(--ink-3); font-size: 13px; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 10px 12px; background: var(--canvas); border-radius: 6px; overflow-x: auto; }
code { font: 13px ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
@media print { body { background: none; } section { break-inside: avoid; } }
`
