// Counts what moved by itself on a page, as browsers do, and says which parts it was.
window.shifts = { total: 0, parts: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    shifts.total += entry.value;
    shifts.parts.push(...entry.sources.map(({ node }) => `${entry.value.toFixed(3)} ${(node?.outerHTML ?? node?.textContent ?? "").slice(0, 120)}`));
  }
}).observe({ type: "layout-shift", buffered: true });
