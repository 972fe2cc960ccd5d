"""How a report looks on a screen and on paper: light, black on white, pages broken well."""

STYLE = """
:root { color-scheme: light; }
body {
  font: 15px/1.5 Inter, system-ui, sans-serif; color: #16191d; background: #fff;
  max-width: 84rem; margin: 0 auto; padding: 2rem 1.25rem 4rem;
}
h1, h2, h3 { font-family: "Source Serif 4", Georgia, serif; font-weight: 500; line-height: 1.25; }
h1 { font-size: 1.9rem; margin: 0 0 .25rem; }
h2 { font-size: 1.5rem; margin: 0 0 .5rem; }
h3 { font-size: 1.15rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; max-width: 46rem; }
.chapter { border-top: 2px solid #16191d; padding-top: 1.25rem; margin-top: 2.5rem; }
.part { margin-top: 2rem; }
.chapter > .part:first-of-type { margin-top: 1rem; }
.lead { font-size: 1.1rem; }
.muted, footer, caption { color: #5b636c; font-size: .85rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin-top: .75rem; font-size: .85rem; }
caption { text-align: left; padding-bottom: .3rem; }
th { text-align: left; font-weight: 600; color: #5b636c; vertical-align: bottom; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #e3e5e8; vertical-align: top; }
td { overflow-wrap: break-word; }
tbody th { color: #16191d; }
.short { white-space: nowrap; }
.long { min-width: 15rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { cursor: pointer; margin-top: .75rem; color: #5b636c; font-size: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; font-size: .9rem; }
dt { color: #5b636c; }
dd { margin: 0; }
svg { max-width: 100%; height: auto; margin-top: .75rem; }
footer { margin-top: .75rem; }
@media (max-width: 640px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print {
  @page { size: A4 landscape; margin: 14mm; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  .chapter { break-before: page; border: 0; margin: 0; padding: 0; }
  .chapter:first-of-type { break-before: auto; }
  .part + .part { break-before: page; margin: 0; }
  .part + .brief { break-before: auto; margin-top: 1.5rem; }
  h2, h3, svg { break-after: avoid; break-inside: avoid; }
  tr, dl { break-inside: avoid; }
  details:not([open]) { display: none; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
}
"""
